// What the browser keeps: the conversation's name, and messages that the server has not confirmed yet.

const memory = (() => {
  const spare = new Map();
  const NAME = 'motcua.conversation';
  const DRAFT = 'motcua.draft';
  const UNSENT = 'motcua.unsent.';
  // Private windows may forbid storage: then the page keeps everything until it is closed.
  const safely = (work, fallback) => { try { return work(); } catch { return fallback(); } };
  const read = (key) => safely(() => localStorage.getItem(key), () => null) ?? spare.get(key) ?? null;
  const write = (key, value) => { spare.set(key, value); safely(() => localStorage.setItem(key, value), () => null); };
  const drop = (key) => { spare.delete(key); safely(() => localStorage.removeItem(key), () => null); };
  const keys = () => new Set([...safely(() => Object.keys(localStorage), () => []), ...spare.keys()]);

  function random() {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  function fresh() {
    const name = `w-${random()}`;
    write(NAME, name);
    return name;
  }

  return {
    random,
    fresh,
    conversation: () => read(NAME) || fresh(),
    // Returns what was kept and keeps something else, for this tab alone.
    draft: (text) => safely(() => {
      const kept = sessionStorage.getItem(DRAFT) || '';
      if (text) sessionStorage.setItem(DRAFT, text); else sessionStorage.removeItem(DRAFT);
      return kept;
    }, () => ''),
    // One entry per message, so that two tabs never overwrite each other's list.
    keep: (message) => write(UNSENT + message.id, JSON.stringify(message)),
    forget: (message) => drop(UNSENT + message.id),
    unsent(conversation) {
      const found = [];
      for (const key of keys()) {
        if (!key.startsWith(UNSENT)) continue;
        const message = safely(() => JSON.parse(read(key)), () => null);
        if (message && message.conversation === conversation) found.push(message);
      }
      return found.sort((one, other) => one.at - other.at);
    },
  };
})();
