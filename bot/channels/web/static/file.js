// Sends a file of dossier codes: the server reads the codes out of it at once and keeps no file; they go on as a message.

const LARGEST_TABLE = 1024 * 1024;
const TABLE_LIMIT = 60000;

function watchFiles(words, view, submit) {
  const button = document.getElementById('file');
  const input = document.getElementById('file-file');

  async function read(file) {
    const answer = await fetch('/api/v1/codes', {
      method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file,
      credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(TABLE_LIMIT),
    });
    const said = await answer.json();
    if (!said.codes?.length) { view.note(said.message ?? said.error?.message ?? words.file_failed); return; }
    const title = words.file_codes.replace('{name}', () => file.name).replace('{count}', said.codes.length);
    submit({ codes: said.codes, name: file.name.slice(-100), title });
  }

  button.addEventListener('click', () => input.click());
  input.addEventListener('change', async () => {
    const [file] = input.files;
    if (!file) return;
    if (file.size > LARGEST_TABLE) { input.value = ''; view.note(words.file_large); return; }
    button.disabled = true;
    view.typing(true, words.file_reading);
    try {
      await read(file);
    } catch {
      view.note(words.file_failed);
    }
    input.value = '';
    view.typing(false);
    button.disabled = false;
  });
}
