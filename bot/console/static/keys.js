// The keyboard: j and k walk the rows marked data-row, Enter opens one, a single letter presses what carries it as data-key,
// ? lists the keys. Nothing happens while somebody types, nor with Ctrl, Alt or Meta held.
"use strict";
(() => {
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const typing = (node) => node.closest?.("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]");
  let at = -1;

  const pick = (step) => {
    const all = rows();
    if (!all.length) return;
    all[at]?.classList.remove("picked");
    at = Math.max(0, Math.min(all.length - 1, at + step));
    all[at].classList.add("picked");
    const link = all[at].querySelector("a");
    (link ?? all[at]).focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "nearest" });
  };

  const shown = (node) => node.offsetParent !== null || node.getClientRects().length > 0;

  const press = (key) => {
    const own = rows()[at];
    const name = `[data-key="${CSS.escape(key)}"]`;
    const found = [...(own?.querySelectorAll(name) ?? []), ...document.querySelectorAll(name)].find(shown);
    if (!found) return false;
    if (found.matches("input:not([type=submit],[type=button],[type=checkbox]), textarea, select")) found.focus();
    else found.click();
    return true;
  };

  const list = () => {
    const dialog = document.getElementById("phim");
    if (!dialog?.showModal) return;
    const names = dialog.querySelector("dl");
    names.replaceChildren();
    const keys = new Map(rows().length ? [["j / k", "Dòng sau / dòng trước"], ["x", "Chọn dòng"]] : []);
    for (const node of document.querySelectorAll("[data-key]")) {
      const key = node.dataset.key;
      const text = node.textContent.replace(/\s+/g, " ").trim();
      const alone = text.endsWith(key) && node.querySelector("kbd") ? text.slice(0, -key.length).trim() : text;
      if (shown(node) && !keys.has(key)) keys.set(key, node.dataset.says ?? node.getAttribute("aria-label") ?? alone);
    }
    keys.set("?", "Danh sách phím tắt");
    for (const [key, said] of keys) {
      const term = document.createElement("dt");
      const mark = document.createElement("kbd");
      mark.textContent = key;
      term.append(mark);
      const meaning = document.createElement("dd");
      meaning.textContent = said;
      names.append(term, meaning);
    }
    dialog.showModal();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") || typing(event.target)) {
      if (event.key === "Escape" && typing(event.target)) event.target.blur();
      return;
    }
    let done = true;
    if (event.key === "j") pick(1);
    else if (event.key === "k") pick(at < 0 ? 1 : -1);
    else if (event.key === "?") list();
    else if (event.key === "x" && at >= 0) rows()[at].querySelector("input[type=checkbox]")?.click();
    else done = press(event.key);
    if (done) event.preventDefault();
  });

  // A form is sent once, however fast somebody clicks; a file that came as its answer leaves the page, so soon it can be again.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    else {
      form.dataset.sent = "1";
      setTimeout(() => delete form.dataset.sent, 3000);
    }
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
})();
