"use strict";
/* Filters, copying, deep links, theme, printing. The page says everything without it. */
(() => {
  const $ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const tools = document.getElementById("tools");
  const shown = document.getElementById("shown");
  const groups = $(".g").map((element) => ({
    element,
    status: element.dataset.status,
    severity: element.dataset.severity,
    items: [...element.getElementsByClassName("f")],
    shared: [...element.getElementsByClassName("b")],
  }));
  const severities = new Map($("tr[data-severity]").map((row) => [row.id.slice(6), +row.dataset.severity]));
  const words = new WeakMap();
  const total = groups.reduce((sum, group) => sum + group.items.length, 0);

  const textOf = (element) => {
    if (!words.has(element)) words.set(element, element.textContent.toLowerCase());
    return words.get(element);
  };
  const headOf = (group) => $(":scope > :is(h4,.why,summary)", group.element).map(textOf).join(" ");
  const sharedBy = (item) => {
    const list = item.closest(".b");
    if (list && !words.has(list)) {
      const told = [...list.childNodes].filter((node) => !node.matches?.("ul,.r"));
      words.set(list, told.map((node) => node.textContent).join(" ").toLowerCase());
    }
    return list ? words.get(list) : "";
  };
  const checkOf = (id) => id.slice(id.lastIndexOf("--") + 2);
  const about = (id, host) => `--${id.replaceAll("-and-", "--")}--`.includes(`--${host}--`);
  const set = (element, hidden) => { if (element.hidden !== hidden) element.hidden = hidden; };

  const wanted = () => {
    const data = new FormData(tools);
    return {
      statuses: new Set(data.getAll("status")),
      severity: +data.get("severity"),
      subject: data.get("subject"),
      text: data.get("text").trim().toLowerCase().split(/\s+/).filter(Boolean),
    };
  };
  const fits = (item, group, head, want) => {
    const severity = group.severity === undefined ? severities.get(checkOf(item.id)) ?? 0 : +group.severity;
    if (severity < want.severity || (want.subject && !about(item.id, want.subject))) return false;
    return want.text.every((word) => [head, textOf(item), sharedBy(item)].some((text) => text.includes(word)));
  };
  const apply = () => {
    const want = wanted();
    let count = 0;
    for (const group of groups) {
      let here = 0;
      if (want.statuses.has(group.status)) {
        const head = want.text.length ? headOf(group) : "";
        for (const item of group.items) {
          const fit = fits(item, group, head, want);
          set(item, !fit);
          here += fit;
        }
        for (const list of group.shared) set(list, !list.querySelector(".f:not([hidden])"));
      }
      set(group.element, !here);
      if (group.element.matches(".q")) group.element.open = want.text.length > 0 && here > 0;
      count += here;
    }
    for (const part of $(".part")) set(part, !part.querySelector(".g:not([hidden])"));
    shown.textContent = `${count === total ? "all" : `${count} of`} ${total} finding${total === 1 ? "" : "s"}`;
  };

  const remember = () => {
    const data = new URLSearchParams(new FormData(tools));
    const boxes = $("input[name=status]", tools);
    if (boxes.every((box) => box.checked)) data.delete("status");
    else if (!boxes.some((box) => box.checked)) data.set("status", "");
    for (const key of ["severity", "subject", "text"]) if (["", "0"].includes(data.get(key))) data.delete(key);
    const query = data.toString();
    history.replaceState(null, "", query ? `#?${query}` : "#findings");
  };
  const recall = (query) => {
    const data = new URLSearchParams(query);
    if (data.has("status")) for (const box of $("input[name=status]", tools)) box.checked = data.getAll("status").includes(box.value);
    for (const key of ["severity", "subject", "text"]) if (data.has(key)) tools.elements[key].value = data.get(key);
    apply();
    tools.scrollIntoView();
  };

  const go = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    for (const before of $(".here")) before.classList.remove("here");
    if (hash.startsWith("?")) return recall(hash.slice(1));
    const target = hash && document.getElementById(hash);
    if (!target) return undefined;
    if (target.closest("[hidden]")) { tools.reset(); apply(); }
    for (let element = target; element; element = element.parentElement) if (element.matches("details")) element.open = true;
    if (target.matches(".f")) {
      target.classList.add("here");
      target.querySelector("summary")?.focus({ preventScroll: true });
    }
    return target.scrollIntoView();
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
  const equip = (within) => {
    const box = within.querySelector(".do:not(:has(button))");
    if (!box) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy the command for ${box.closest(".f")?.querySelector("bdi").textContent ?? "all of these"}`);
    button.addEventListener("click", async () => {
      const done = await copy(box.querySelector("code").textContent);
      button.textContent = done ? "Copied" : "Not copied";
      shown.textContent = done ? "command copied" : "the browser did not let the command be copied";
    });
    box.append(button);
  };

  const theme = document.createElement("button");
  const dark = () => getComputedStyle(document.documentElement).colorScheme === "dark"
    || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  const label = () => { theme.textContent = dark() ? "Light" : "Dark"; };
  theme.type = "button";
  theme.addEventListener("click", () => { document.documentElement.dataset.theme = dark() ? "light" : "dark"; label(); });
  document.querySelector("nav").append(theme);
  label();

  const closed = [];
  addEventListener("beforeprint", () => { for (const details of $("details:not([open])")) { closed.push(details); details.open = true; } });
  addEventListener("afterprint", () => { for (const details of closed.splice(0)) details.open = false; });
  document.addEventListener("toggle", (event) => { if (event.target.open) equip(event.target); }, true);
  for (const open of $("details.f[open], .b > dl")) equip(open);

  let timer = 0;
  const changed = () => { apply(); remember(); };
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("change", changed);
  tools.addEventListener("input", (event) => {
    if (event.target.name !== "text") return;
    clearTimeout(timer);
    timer = setTimeout(changed, 120);
  });
  document.getElementById("all").addEventListener("click", () => { tools.reset(); changed(); });
  addEventListener("hashchange", go);
  tools.hidden = false;
  apply();
  go();
})();
