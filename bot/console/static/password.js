// Fields for passwords: one button of a form shows what is typed, and a new one is told how it looks while it is typed. What is
// refused in the end, the server says: it knows which words everybody uses. Without this script the forms work as they are.
"use strict";
(() => {
  const looks = (typed, least) => {
    const signs = [...typed.normalize("NFKC")].length;
    const kinds = new Set(typed.normalize("NFKD").toLowerCase().match(/[\p{L}\p{N}\p{P}\p{S}]/gu)).size;
    if (signs === 0) return [0, ""];
    if (signs < least) return [1, `Còn thiếu ${least - signs} ký tự.`];
    if (kinds < 8) return [1, "Yếu: lặp lại ít ký tự."];
    if (signs < 16) return [2, "Vừa: thêm một, hai từ nữa thì khó đoán hơn."];
    return [3, "Khá, nếu không phải câu nhiều người biết."];
  };

  // Says beside a new password how it looks: in words, and as a bar for the eye alone.
  const hint = (field) => {
    const said = document.createElement("span");
    said.className = "strength";
    said.id = `${field.id}-do-manh`;
    said.setAttribute("aria-live", "polite");
    const bar = document.createElement("meter");
    Object.assign(bar, { min: 0, max: 3, low: 1.5, high: 2.5, optimum: 3, value: 0 });
    bar.setAttribute("aria-hidden", "true");
    const words = document.createElement("span");
    said.append(bar, words);
    field.closest(".field").append(said);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${said.id}`.trim());
    const look = () => {
      const [strength, text] = looks(field.value, field.minLength);
      bar.value = strength;
      bar.hidden = !text;
      if (words.textContent !== text) words.textContent = text;
    };
    field.addEventListener("input", look);
    look();
  };

  for (const form of document.querySelectorAll("form")) {
    const fields = [...form.querySelectorAll("input[type=password]")];
    if (!fields.length) continue;
    fields.filter((field) => field.autocomplete === "new-password" && field.minLength > 0).forEach(hint);
    // Shown, it is a text like any other to the browser: some send those away to check their spelling, or write them large.
    fields.forEach((field) => { field.spellcheck = false; field.autocapitalize = "none"; });
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    const show = (shown) => {
      fields.forEach((field) => { field.type = shown ? "text" : "password"; });
      button.textContent = shown ? "Ẩn mật khẩu" : "Hiện mật khẩu";
    };
    show(false);
    button.addEventListener("click", () => show(fields[0].type === "password"));
    // Browsers keep what was typed into a field of text, and a window that is left behind is looked at by others.
    form.addEventListener("submit", () => show(false));
    document.addEventListener("visibilitychange", () => { if (document.hidden) show(false); });
    fields.at(-1).closest(".field").append(button);
  }
})();
