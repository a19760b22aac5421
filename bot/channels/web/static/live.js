// Follows the conversation live while the page is seen: notices, and what was said in another tab.

const LIVE_PAUSE = 5000;

function makeLive(told) {
  let source = null;
  let timer = 0;

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  // A browser comes again by itself after a cut line, but not after a refusal.
  function open(conversation, after) {
    close();
    if (document.hidden || typeof EventSource !== 'function') return;
    const query = new URLSearchParams({ conversation, after });
    source = new EventSource(`/api/v1/stream?${query}`);
    source.onmessage = (event) => told(conversation, JSON.parse(event.data));
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(() => told(conversation, null), LIVE_PAUSE);
    };
  }

  return { open, close };
}
