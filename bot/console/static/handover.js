// Beside a conversation that an official has: asks every few seconds what is new, and puts it below what is there. Nothing that is
// being typed is touched. While the page is hidden nothing is asked; without this script the page is loaded again.
"use strict";
(() => {
  const box = document.querySelector("[data-news]");
  if (!box) return;
  const EVERY = 4000;
  const list = box.querySelector("ol");
  const arrival = document.querySelector("[data-arrival]");
  let tag = box.dataset.tag;
  let timer = 0;
  let asking = false;

  const put = (text) => {
    const news = new DOMParser().parseFromString(text, "text/html");
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
    list.append(...news.querySelectorAll("li"));
    if (atEnd) list.scrollTop = list.scrollHeight;
    const told = news.querySelector("div")?.textContent.trim() ?? "";
    if (told !== arrival.textContent.trim()) arrival.replaceChildren(...news.querySelectorAll("div > *"));
  };

  // Ended, taken over or signed out: asking again would bring nothing.
  const lose = () => {
    document.querySelector("[data-lost]").hidden = false;
    tag = "";
  };

  const later = (wait) => {
    clearTimeout(timer);
    if (tag && !document.hidden) timer = setTimeout(look, wait);
  };

  const look = async () => {
    if (asking || !tag || document.hidden) return;
    asking = true;
    let wait = EVERY;
    try {
      const answer = await fetch(box.dataset.news, { headers: { "If-None-Match": tag }, redirect: "manual", cache: "no-store" });
      if (answer.status === 200) {
        put(await answer.text());
        tag = answer.headers.get("ETag");
      } else if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) lose();
      else if (answer.status !== 304) wait = 5 * EVERY;
    } catch {
      wait = 5 * EVERY;
    }
    asking = false;
    later(wait);
  };

  list.scrollTop = list.scrollHeight;
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : look()));
  later(EVERY);
})();
