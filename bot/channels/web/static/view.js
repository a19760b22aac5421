// What is seen: bubbles, buttons, the typing sign, and where the page scrolls.

function makeView(words, press) {
  const byId = (id) => document.getElementById(id);
  const log = byId('log');
  const scroll = byId('scroll');
  const shown = new Map();
  const titles = new Map();
  // Which reply offers a choice, and the last tap: a reply may take the place of the one that was tapped.
  const offered = new Map();
  let tapped = null;
  // What the page itself may choose; a conversation that is fetched again tells the choice, but not its title.
  const own = new Map([words.language, words.other_language].map((name, other) =>
    [`do:language:${(document.documentElement.lang === 'en') === !other ? 'en' : 'vi'}`, name]));

  const mark = (path) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    made.setAttribute('viewBox', '0 0 24 24');
    made.setAttribute('aria-hidden', 'true');
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    line.setAttribute('d', path);
    made.append(line);
    return made;
  };

  const motion = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth');
  const author = (name) => element('span', { class: 'hidden' }, `${name}: `);

  function button(choice) {
    const href = choice.url ? outside(choice.url) : null;
    if (href) {
      const hint = element('span', { class: 'hidden' }, ` (${words.new_tab})`);
      const arrow = mark('M7 17L17 7M9 7h8v8');
      return element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, choice.title, hint, arrow);
    }
    const made = element('button', { type: 'button' }, choice.title);
    made.addEventListener('click', () => press(choice));
    return made;
  }

  // A long answer is read from its beginning; a short one is simply brought into view.
  function follow(first, quick) {
    const top = first.offsetTop - 12;
    const end = scroll.scrollHeight - scroll.clientHeight;
    scroll.scrollTo({ top: Math.min(top, end), behavior: quick ? 'auto' : motion() });
  }

  function toEnd(quick) {
    scroll.scrollTo({ top: scroll.scrollHeight, behavior: quick ? 'auto' : motion() });
  }

  function buttons(choices) {
    // A list of names reads best in rows; many short words with a long name or two among them do not.
    const long = choices.filter((choice) => choice.title.length > 28).length;
    const list = /^\d+\. /.test(choices[0]?.title ?? '') || long * 2 >= choices.length;
    const rows = choices.length > 2 && long > 1 && list;
    for (const choice of choices) if (choice.id) titles.set(choice.id, choice.title);
    return element('div', { class: rows ? 'choices rows' : 'choices', role: 'group', 'aria-label': words.choices_label },
      ...choices.map(button));
  }

  // Takes away the reply whose button was tapped, with the tap; tells whether the keyboard was on that button.
  function giveWay() {
    const old = tapped && offered.get(tapped.choice);
    if (!old) return false;
    const focused = old.group.contains(document.activeElement);
    for (const gone of [old.body, old.group, tapped.body]) gone.remove();
    return focused;
  }

  // Shows a reply unless it stands there already; gives its element when it is new.
  function add(said) {
    if (shown.has(`r:${said.id}`)) return null;
    const focused = said.replace ? giveWay() : false;
    const body = element('div', { class: 'turn theirs' }, author(words.assistant));
    body.append(said.table ? tabular(said.table, words) : rendered(said.text, words));
    shown.set(`r:${said.id}`, body);
    log.append(body);
    if (said.choices?.length) {
      const group = buttons(said.choices);
      log.append(group);
      for (const choice of said.choices) if (choice.id) offered.set(choice.id, { body, group });
      const at = focused ? said.choices.findIndex((choice) => choice.id === tapped?.choice) : -1;
      if (at >= 0) group.children[at].focus({ preventScroll: true });
    }
    return body;
  }

  function replies(list) {
    const first = list.map(add).find(Boolean);
    if (first) follow(first, false);
  }

  function mine(message, quick = false) {
    const key = `m:${message.id}`;
    if (shown.has(key)) return shown.get(key);
    const text = message.text ?? message.title ?? titles.get(message.choice) ?? own.get(message.choice) ?? words.chosen;
    const body = element('div', { class: `turn mine${text.length > 1500 ? ' long' : ''}` }, author(words.you), text || '…');
    if (text.length > 1500) body.tabIndex = 0;
    shown.set(key, body);
    log.append(body);
    tapped = message.choice ? { choice: message.choice, body } : null;
    toEnd(quick);
    return body;
  }

  function trouble(message, sentence, again) {
    const body = shown.get(`m:${message.id}`);
    if (!body || body.nextElementSibling?.classList.contains('trouble')) return;
    body.classList.add('unsent');
    const made = element('div', { class: 'trouble', role: 'alert' }, sentence, ' ');
    if (again) {
      const retry = element('button', { type: 'button' }, words.resend);
      retry.addEventListener('click', () => { made.remove(); body.classList.remove('unsent'); again(); });
      made.append(retry);
    }
    body.after(made);
    toEnd(false);
  }

  // Puts an earlier conversation back, without reading it out.
  function restore(lines) {
    log.setAttribute('aria-live', 'off');
    lines.forEach((said) => (said.from === 'assistant' ? add(said) : mine(said, true)));
    if (lines.length) toEnd(true);
    setTimeout(() => log.setAttribute('aria-live', 'polite'), 300);
  }

  // What was at the end stays there when the input grows, a notice appears or a phone's keyboard opens.
  let ended = false;
  scroll.addEventListener('scroll', () => { ended = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 40; });
  new ResizeObserver(() => { if (ended) toEnd(true); }).observe(scroll);

  return {
    replies,
    restore,
    mine,
    trouble,
    calm(message) {
      const body = shown.get(`m:${message.id}`);
      body?.classList.remove('unsent');
      if (body?.nextElementSibling?.classList.contains('trouble')) body.nextElementSibling.remove();
    },
    begun: () => shown.size > 0,
    note(sentence) { log.append(element('p', { class: 'note' }, sentence)); toEnd(false); },
    clear() { log.replaceChildren(); shown.clear(); titles.clear(); scroll.scrollTo({ top: 0 }); },
    typing(on, sentence = words.typing) {
      const sign = byId('typing');
      byId('typing-words').textContent = on ? sentence : '';
      sign.hidden = !on;
      if (on && ended) toEnd(true);
    },
    network(sentence) {
      const line = byId('network');
      if (line.textContent === sentence) return;
      line.textContent = sentence;
      line.hidden = !sentence;
    },
  };
}
