// How a reply's light markup becomes elements: paragraphs, "- " lists, **bold** and bare https links. Never innerHTML.

const LINK = /https?:\/\/[^\s<>"“”]+/g;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

function outside(url) {
  try {
    const parsed = new URL(url);
    return parsed.protocol === 'https:' || parsed.protocol === 'http:' ? parsed.href : null;
  } catch {
    return null;
  }
}

// A long address says less than the name of its site.
function short(shown, href) {
  return shown.length > 60 ? `${new URL(href).origin}/…` : shown;
}

function linked(text, words) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    // A full stop or bracket that ends the sentence is not part of the address.
    const shown = found[0].replace(/[.,;:!?)\]…]+$/, '');
    const href = outside(shown);
    if (!href) continue;
    parts.push(text.slice(end, found.index));
    const hint = element('span', { class: 'hidden' }, ` (${words.new_tab})`);
    parts.push(element('a', { href, target: '_blank', rel: 'noopener noreferrer' }, short(shown, href), hint));
    end = found.index + shown.length;
  }
  parts.push(text.slice(end));
  return parts;
}

function inline(text, words) {
  return text.split(/(\*\*[^*\n]+\*\*)/).flatMap((part) =>
    part.length > 4 && part.startsWith('**') && part.endsWith('**')
      ? [element('strong', {}, ...linked(part.slice(2, -2), words))]
      : linked(part, words));
}

function rendered(text, words) {
  const made = document.createDocumentFragment();
  let paragraph = null;
  let list = null;
  for (const line of text.split('\n')) {
    const item = /^\s*[-•] +(.*)$/.exec(line);
    if (item) {
      paragraph = null;
      if (!list) made.append(list = element('ul'));
      list.append(element('li', {}, ...inline(item[1], words)));
    } else if (!line.trim()) {
      paragraph = list = null;
    } else {
      list = null;
      if (paragraph) paragraph.append(element('br'));
      else made.append(paragraph = element('p'));
      paragraph.append(...inline(line, words));
    }
  }
  return made;
}

// A table's roles are written out: where the page is narrow its rows become blocks, and browsers would forget them.
function tabular(table, words) {
  const [corner, ...heads] = table.columns;
  const cell = (head, role, attributes, text) =>
    element(head ? 'th' : 'td', { role, ...attributes }, ...inline(text, words));
  const header = element('tr', { role: 'row' },
    ...[corner, ...heads].map((text) => cell(true, 'columnheader', { scope: 'col' }, text)));
  const rows = table.rows.map(([name, ...cells]) => element('tr', { role: 'row' },
    cell(true, 'rowheader', { scope: 'row' }, name),
    ...cells.map((text, at) => cell(false, 'cell', { 'data-head': heads[at] }, text))));
  const made = document.createDocumentFragment();
  made.append(
    rendered(table.lead ?? '', words),
    element('table', { role: 'table' },
      element('caption', {}, table.caption),
      element('thead', { role: 'rowgroup' }, header),
      element('tbody', { role: 'rowgroup' }, ...rows)),
    rendered(table.note ?? '', words));
  return made;
}
