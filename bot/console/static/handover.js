// The desk of those who answer people: a conversation asks every few seconds what is new and puts it below what is there, the list
// says that it changed. Nothing that is typed or picked is touched. While the page is hidden nothing is asked; without this script
// the page is loaded again.
"use strict";
(() => {
  // Asks again and again with the tag of what is shown, until there is nothing more to wait for.
  const follow = (box, every, put, lose) => {
    let tag = box.dataset.tag;
    let timer = 0;
    let asking = false;

    const look = async () => {
      if (asking || !tag || document.hidden) return;
      asking = true;
      let wait = every;
      try {
        const headers = { "If-None-Match": tag };
        const answer = await fetch(box.dataset.news, { headers, redirect: "manual", cache: "no-store" });
        if (answer.status === 200) {
          put(await answer.text());
          tag = answer.headers.get("ETag");
        } else if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) {
          // Ended, taken over or signed out.
          tag = "";
          lose();
        } else if (answer.status !== 304) wait = 5 * every;
      } catch {
        wait = 5 * every;
      }
      asking = false;
      later(wait);
    };

    const later = (wait) => {
      clearTimeout(timer);
      if (tag && !document.hidden) timer = setTimeout(look, wait);
    };

    document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : look()));
    later(every);
  };

  const talk = document.querySelector("[role=log][data-news]");
  if (talk) {
    const list = talk.querySelector("ol");
    const arrival = document.querySelector("[data-arrival]");
    list.scrollTop = list.scrollHeight;
    const put = (text) => {
      const news = new DOMParser().parseFromString(text, "text/html");
      const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
      list.append(...news.querySelectorAll("li"));
      if (atEnd) list.scrollTop = list.scrollHeight;
      const told = news.querySelector("div")?.textContent.trim() ?? "";
      if (told !== arrival.textContent.trim()) arrival.replaceChildren(...news.querySelectorAll("div > *"));
    };
    follow(talk, 4000, put, () => { document.querySelector("[data-lost]").hidden = false; });
  }

  const waiting = document.querySelector("[role=status][data-news]");
  if (waiting) follow(waiting, 15000, () => { waiting.querySelector("p").hidden = false; }, () => {});
})();
