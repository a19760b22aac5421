// Beside a case: tells the server that the page is open and whether somebody types, shows who else is there, counts the
// seconds in which a step can be taken back, and puts the first field in reach. Everything works without it.
"use strict";
(() => {
  const place = document.getElementById("nguoi-xem");
  const form = document.querySelector("form[data-typing]");
  const csrf = document.querySelector("input[name=csrf]")?.value ?? "";
  let typed = false;
  form?.addEventListener("input", () => { typed = true; });

  const look = async () => {
    if (!place || document.hidden) return;
    try {
      const body = new URLSearchParams({ csrf, go: typed ? "1" : "" });
      const answer = await fetch(place.dataset.at, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const { said, revision } = await answer.json();
      typed = false;
      const now = form?.querySelector("input[name=ban]")?.value;
      const moved = now && String(revision) !== now ? "Phản ánh này vừa được người khác thay đổi; khi gửi bạn sẽ được xem thay đổi trước." : "";
      const text = [said, moved].filter(Boolean).join(" ");
      const shown = place.querySelector("p");
      if (!text) { place.replaceChildren(); return; }
      if (shown?.textContent === text) return;
      const line = document.createElement("p");
      line.className = "wrong";
      line.setAttribute("role", "status");
      line.textContent = text;
      place.replaceChildren(line);
    } catch { /* the server is away: the revision still guards */ }
  };
  if (place) setInterval(look, 20000);

  const undo = document.querySelector("[data-undo]");
  if (undo) {
    const end = Date.now() + Number(undo.dataset.undo) * 1000;
    const count = undo.querySelector("[data-count]");
    const tick = setInterval(() => {
      const left = Math.ceil((end - Date.now()) / 1000);
      count.textContent = String(Math.max(0, left));
      if (left <= 0) { clearInterval(tick); undo.remove(); }
    }, 500);
  }

  // Where templates are offered by their number, the keys stay free.
  if (form && !form.querySelector("[name=mau]")) form.querySelector("select, input:not([type=hidden]), textarea")?.focus();
})();
