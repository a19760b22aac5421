// Talks to the server: sends each message until it is confirmed, under one id, and fetches what was said.

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30000;
const ANSWER_LIMIT = 20000;
const POLL_LIMIT = 40000;

function makeWire(words, view) {
  const path = '/api/v1/messages';
  let conversation = memory.conversation();
  let queue = [];
  let cursor = '';
  let sending = false;
  let polling = false;
  let restored = false;
  let failures = 0;
  const sleepers = new Set();
  const wake = () => sleepers.forEach((rise) => rise());

  async function call(url, options, limit) {
    const cut = new AbortController();
    const timer = setTimeout(() => cut.abort(), limit);
    try {
      const response = await fetch(url, { ...options, signal: cut.signal, credentials: 'same-origin', cache: 'no-store' });
      const body = await response.json();
      return { status: response.status, body, pause: Number(response.headers.get('Retry-After') || 0) * 1000 };
    } finally {
      clearTimeout(timer);
    }
  }

  // Waits before the next try; coming back online ends the wait.
  function pause(least = 0) {
    const grown = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(failures, 6));
    failures += 1;
    view.network(navigator.onLine === false ? words.offline : words.reconnecting);
    const time = Math.max(least, grown * (0.7 + Math.random() * 0.6));
    return new Promise((resolve) => {
      const rise = () => { clearTimeout(timer); sleepers.delete(rise); resolve(); };
      const timer = setTimeout(rise, time);
      sleepers.add(rise);
    });
  }

  function connected() {
    failures = 0;
    view.network('');
  }

  function drop(message) {
    memory.forget(message);
    queue = queue.filter((other) => other.id !== message.id);
  }

  function take(message, answer) {
    if (answer.status === 200) {
      connected();
      drop(message);
      if (message.conversation !== conversation) return 0;
      view.calm(message);
      view.replies(answer.body.replies);
      if (answer.body.pending) poll();
      return 0;
    }
    if (answer.status === 429 || answer.status >= 500) return Math.max(answer.pause, 1);
    connected();
    drop(message);
    view.trouble(message, answer.body.error?.message ?? words.unsent, null);
    return 0;
  }

  async function post(message) {
    const body = { conversation: message.conversation, id: message.id, language: document.documentElement.lang };
    if (message.codes) Object.assign(body, { codes: message.codes, name: message.name });
    else if (message.choice === undefined) body.text = message.text;
    else body.choice = message.choice;
    const options = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    return call(path, options, ANSWER_LIMIT);
  }

  async function flush() {
    if (sending) { wake(); return; }
    sending = true;
    while (queue.length) {
      const message = queue[0];
      view.typing(true, failures ? words.waiting : words.typing);
      let again = 0;
      try {
        again = take(message, await post(message));
      } catch {
        again = 1;
      }
      if (again) {
        view.typing(false);
        if (failures >= 1) view.trouble(message, words.unsent, () => wake());
        await pause(again);
      }
    }
    sending = false;
    if (!polling) view.typing(false);
  }

  function show(history) {
    cursor = history.cursor;
    if (restored) {
      history.messages.filter((said) => said.from === 'citizen').forEach((said) => view.mine(said));
      view.replies(history.messages.filter((said) => said.from === 'assistant'));
    } else {
      view.restore(history.messages);
    }
    restored = true;
    return history.pending;
  }

  async function fetchMore(seconds) {
    const asked = conversation;
    const query = new URLSearchParams({ conversation: asked, after: cursor, wait: String(seconds) });
    const answer = await call(`${path}?${query}`, {}, POLL_LIMIT);
    if (answer.status !== 200) throw new Error(String(answer.status));
    if (asked !== conversation) return false;
    connected();
    return show(answer.body);
  }

  // Each reply stands on the page once, whichever way it came.
  const live = makeLive((asked, history) => {
    if (asked !== conversation) return;
    if (history) { connected(); show(history); } else follow();
  });
  const follow = () => live.open(conversation, cursor);

  // Waits for replies that are still being made.
  async function poll() {
    if (polling) return;
    polling = true;
    view.typing(true, words.slow);
    for (let pending = true; pending;) {
      try {
        pending = await fetchMore(25);
      } catch {
        await pause();
      }
    }
    polling = false;
    if (!sending) view.typing(false);
  }

  async function restore() {
    for (;;) {
      const name = conversation;
      try {
        const pending = await fetchMore(0);
        if (name !== conversation) continue;
        queue = memory.unsent(conversation);
        queue.forEach((message) => view.mine(message, true));
        if (pending) poll();
        flush();
        follow();
        return;
      } catch {
        await pause();
      }
    }
  }

  return {
    restore,
    wake: () => { wake(); flush(); },
    follow: () => { if (restored) follow(); },
    unfollow: live.close,
    refresh: () => { if (restored && !sending && !polling) fetchMore(0).then((more) => more && poll(), () => {}); },
    send(content) {
      const message = { conversation, id: memory.random(), at: Date.now(), ...content };
      memory.keep(message);
      view.mine(message);
      queue.push(message);
      if (restored) flush();
    },
    fresh() {
      queue.forEach(memory.forget);
      conversation = memory.fresh();
      queue = [];
      cursor = '';
      restored = true;
      view.clear();
      view.network('');
      follow();
    },
  };
}
