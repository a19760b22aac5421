// Says while the assistant is still loading that it answers from the catalogue, and when it is fully ready.

function watchReadiness(words) {
  const line = document.getElementById('status');
  let known = '';

  async function look() {
    let state = 'loading';
    try {
      const response = await fetch('/readyz', { cache: 'no-store' });
      state = (await response.json()).understanding;
    } catch {
      state = known || 'loading';
    }
    if (state !== known) {
      if (state === 'ready') {
        line.textContent = known ? words.status_ready : '';
        setTimeout(() => { if (known === 'ready') line.textContent = ''; }, 6000);
      } else {
        line.textContent = state === 'down' ? words.status_down : words.status_loading;
      }
      known = state;
    }
    setTimeout(look, known === 'ready' ? 60000 : 2000);
  }

  look();
}
