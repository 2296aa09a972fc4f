"use strict";
/* Deep links, copying, theme, printing. The page says everything without it; the words that are shown stand on the page. */
(() => {
  const $ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const { told, fill } = filters;

  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const go = () => {
    for (const before of $(".here")) before.classList.remove("here");
    const hash = location.hash.slice(1);
    if (hash.startsWith("?")) return filters.recall(hash.slice(1));
    const target = hash && document.getElementById(decoded(hash));
    if (!target) return undefined;
    if (target.closest("[hidden]")) filters.all();
    for (let element = target; element; element = element.parentElement) if (element.matches("details")) element.open = true;
    const box = target.matches(".f") ? target.closest(".w") ?? target : target;
    if (box.matches(".f,.w")) {
      box.classList.add("here");
      box.querySelector("summary")?.focus({ preventScroll: true });
    }
    box.scrollIntoView();
    /* What was unfolded only now has its height a frame later. */
    return requestAnimationFrame(() => box.scrollIntoView());
  };

  const copy = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* the older way */ }
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const equip = (details) => {
    const box = details.querySelector(":scope > dl > .do, :scope > .f > .do");
    if (!box || box.querySelector("button")) return;
    const button = document.createElement("button");
    const name = $(":scope > summary bdi", details).map((named) => named.textContent).join(", ");
    button.type = "button";
    button.textContent = told.copy;
    button.setAttribute("aria-label", fill(told.copyWhat, { name }));
    button.addEventListener("click", async () => {
      const done = await copy(box.querySelector("code").textContent);
      button.textContent = done ? told.copied : told.notCopied;
      filters.say(done ? told.toldCopied : told.toldNotCopied);
    });
    box.append(button);
  };

  const theme = document.createElement("button");
  const dark = () => getComputedStyle(document.documentElement).colorScheme === "dark"
    || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  const label = () => { theme.textContent = dark() ? told.light : told.dark; };
  theme.type = "button";
  theme.addEventListener("click", () => { document.documentElement.dataset.theme = dark() ? "light" : "dark"; label(); });
  document.querySelector("nav").append(theme);
  label();

  const closed = [];
  addEventListener("beforeprint", () => { for (const details of $("details:not([open])")) { closed.push(details); details.open = true; } });
  addEventListener("afterprint", () => { for (const details of closed.splice(0)) details.open = false; });
  document.addEventListener("toggle", (event) => { if (event.target.open) equip(event.target); }, true);
  for (const open of $("details[open]")) equip(open);

  addEventListener("hashchange", go);
  go();
})();
