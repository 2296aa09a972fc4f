"use strict";
/* What the filters of the findings do, and the numbers that they change. The words that are shown stand on the page. */
const filters = (() => {
  const $ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const tools = document.getElementById("tools");
  const shown = document.getElementById("shown");
  const nothing = document.getElementById("nothing");
  const told = tools.dataset;
  const fill = (text, words) => text.replace(/\{(\w+)\}/g, (_, key) => words[key]);
  const number = (n) => n.toLocaleString(document.documentElement.lang);

  /* What is filtered: findings (.f) in groups (.g), with what folds each, and the numbers that stand above them. */
  const checks = new Map(Object.entries(JSON.parse(told.checks)));
  const checkOf = (id) => {
    const parts = id.split("--");
    return checks.has(parts.at(-1)) ? parts.at(-1) : parts.at(-2) ?? "";
  };
  const counters = new Map($(".n").map((element) => [
    element.closest(".b,.g,.part"), { element, whole: element.textContent, here: 0, all: 0 },
  ]));
  const groups = $(".g").map((element) => ({
    element,
    status: element.dataset.status,
    kind: element.dataset.k,
    counters: [counters.get(element), counters.get(element.closest(".part"))].filter(Boolean),
    folds: [...element.getElementsByClassName("b")],
    items: [...element.getElementsByClassName("f")].map((item) => ({
      item,
      box: item.matches("li") ? item : item.closest(".w"),
      fold: item.closest(".b"),
    })),
  }));
  const total = groups.reduce((sum, group) => sum + group.items.length, 0);
  const opened = new Set();
  const MANY = 300; /* so many findings are not all unfolded */

  const words = new WeakMap();
  const textOf = (element) => {
    if (!words.has(element)) words.set(element, element.textContent.toLowerCase());
    return words.get(element);
  };
  const headOf = (group) => $(":scope > :is(h4,.why,summary)", group.element).map(textOf).join(" ");
  const sharedBy = (item) => {
    const list = item.closest(".b");
    if (list && !words.has(list)) {
      const said = [...list.childNodes].filter((node) => !node.matches?.("ul,.r,summary"));
      words.set(list, said.map((node) => node.textContent).join(" ").toLowerCase());
    }
    return list ? words.get(list) : "";
  };
  const about = (id, subject) => `--${id.replaceAll("-and-", "--")}--`.includes(`--${subject}--`);
  const set = (element, hidden) => { if (element.hidden !== hidden) element.hidden = hidden; };

  const wanted = () => {
    const data = new FormData(tools);
    return {
      statuses: new Set(data.getAll("status")),
      severity: +data.get("severity"),
      who: data.get("who"),
      area: data.get("area"),
      kind: tools.elements.kind?.selectedOptions[0]?.dataset.digit,
      subject: data.get("subject"),
      text: data.get("text").trim().toLowerCase().split(/\s+/).filter(Boolean),
    };
  };
  const fits = (item, group, head, want) => {
    const check = checkOf(item.id);
    const [severity, who] = checks.get(check) ?? [0, ""];
    if (severity < want.severity || (want.who && who !== want.who)) return false;
    if (want.area && check.split("-")[0] !== want.area) return false;
    if (want.kind && !(item.dataset.k ?? group.kind ?? "").includes(want.kind)) return false;
    if (want.subject && !about(item.id, want.subject)) return false;
    return want.text.every((word) => [head, textOf(item.closest(".w") ?? item), sharedBy(item)].some((text) => text.includes(word)));
  };
  const sift = (group, want) => {
    let here = 0;
    const head = want.text.length ? headOf(group) : "";
    const kept = new Set();
    for (const { item, box, fold } of group.items) {
      const fit = fits(item, group, head, want);
      set(box, !fit);
      here += fit;
      if (fit) kept.add(fold);
      const counter = counters.get(fold);
      if (counter) { counter.all += 1; counter.here += fit; }
    }
    for (const fold of group.folds) set(fold, !kept.has(fold));
    return here;
  };
  const unfold = (want, count) => {
    const narrowed = want.who || want.area || want.kind || want.subject || want.text.length;
    for (const details of opened) details.open = false;
    opened.clear();
    if (!narrowed || !count || count > MANY) return;
    const lists = $("details.q").filter((list) => !list.hidden);
    for (const [place, { here, all }] of counters) if (place?.matches("details.b") && here && here < all) lists.push(place);
    for (const details of lists) if (!details.open) { details.open = true; opened.add(details); }
  };
  const apply = () => {
    const want = wanted();
    for (const counter of counters.values()) counter.here = counter.all = 0;
    let count = 0;
    for (const group of groups) {
      const here = !want.statuses.size || want.statuses.has(group.status) ? sift(group, want) : 0;
      set(group.element, !here);
      for (const counter of group.counters) counter.here += here;
      count += here;
    }
    for (const part of $(".part")) set(part, !part.querySelector(".g:not([hidden])"));
    const filtered = count !== total;
    for (const { element, whole, here } of counters.values()) {
      element.textContent = filtered ? fill(told.shown, { n: number(here), all: whole }) : whole;
    }
    unfold(want, count);
    shown.textContent = fill(filtered ? (count ? told.shown : told.none) : told.all, { n: number(count), all: number(total) });
    nothing.hidden = count > 0 || !total;
  };

  /* The choice stands in the address, to be kept and sent. */
  const remember = () => {
    const data = new URLSearchParams(new FormData(tools));
    for (const [key, value] of [...data]) if (!value) data.delete(key);
    history.replaceState(null, "", data.size ? `#?${data}` : "#findings");
  };
  const recall = (query) => {
    const data = new URLSearchParams(query);
    tools.reset();
    for (const box of $("input[name=status]", tools)) box.checked = data.getAll("status").includes(box.value);
    for (const control of $("select,[name=text]", tools)) {
      control.value = data.get(control.name) ?? "";
      if (control.selectedIndex < 0) control.selectedIndex = 0;
    }
    apply();
    tools.scrollIntoView();
  };

  let timer = 0;
  const changed = () => { apply(); remember(); };
  const all = () => { tools.reset(); apply(); };
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("change", (event) => { if (event.target.name !== "text") changed(); });
  tools.addEventListener("input", (event) => {
    if (event.target.name !== "text") return;
    clearTimeout(timer);
    timer = setTimeout(changed, 120);
  });
  document.getElementById("all").addEventListener("click", () => { all(); remember(); });
  new ResizeObserver(() => {
    const high = getComputedStyle(tools).position === "sticky" ? tools.offsetHeight : 0;
    document.documentElement.style.setProperty("--tools", `${high}px`);
  }).observe(tools);
  tools.hidden = false;
  apply();
  return { all, recall, told, fill, say: (text) => { shown.textContent = text; } };
})();
