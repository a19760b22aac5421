// Follows long work: asks every two seconds how far it is, and loads the page anew when it has ended.
"use strict";
(() => {
  const EVERY = 2000;
  const follow = async (box) => {
    let told;
    try {
      const answer = await fetch(box.dataset.job, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      told = await answer.json();
    } catch {
      setTimeout(follow, 5 * EVERY, box);
      return;
    }
    if (!told.running) {
      location.reload();
      return;
    }
    const bar = box.querySelector("progress");
    const step = box.querySelector("[data-step]");
    if (step.textContent !== told.step && told.step) step.textContent = told.step;
    box.querySelector("[data-count]").textContent = told.total ? ` (${told.done}/${told.total})` : "";
    if (told.total) {
      bar.max = told.total;
      bar.value = told.done;
    } else bar.removeAttribute("value");
    setTimeout(follow, EVERY, box);
  };
  for (const box of document.querySelectorAll("[data-job]")) setTimeout(follow, EVERY, box);
})();
