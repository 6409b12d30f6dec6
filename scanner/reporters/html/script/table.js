// The table of findings: rows, their details, filters; only the rows in view are elements.

const HEADS = [
  ["severity", "Severity"], ["title", "What"], ["place", "Where"], ["exposure", "Exposure"], ["person", "Person"],
  ["date", "Date"], ["steps", "Steps done"],
];
const body = el("tbody");
const status = el("p", { class: "dim", role: "status", "aria-live": "polite", id: "shown" });
const more = button("", () => {
  limit += PAGE * 4;
  show();
}, { class: "quiet", id: "more" });
const chips = el("div", { class: "chips" });
const heads = HEADS.map(([key, text]) => {
  const arrow = el("span", { class: "arrow", "aria-hidden": "true" });
  const head = el("th", { scope: "col", role: "columnheader", class: `c-${key}` }, el("button", {
    type: "button",
    onclick: () => {
      order = order.key === key ? (order.down ? { key: "", down: false } : { key, down: true }) : { key, down: false };
      show();
    },
  }, text, arrow));
  head.show = () => {
    const isOn = order.key === key;
    if (isOn) head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
    arrow.textContent = isOn ? (order.down ? " \u25bc" : " \u25b2") : "";
  };
  return head;
});

// Several values: each has a direction of its own, so that a name cannot turn what stands beside it.
const fact = (name, ...values) => {
  const known = values.filter(Boolean).map((value) => el("bdi", { text: value }));
  if (!known.length) return null;
  return el("div", {}, el("dt", { text: name }), el("dd", {}, ...known.flatMap((node) => [node, " "])));
};
const detail = (finding) => {
  const others = finding.others.join("; ") + (finding.more ? `; and ${finding.more.toLocaleString("en")} more` : "");
  const facts = el("dl", { class: "facts" },
    fact("Where", finding.place),
    fact("Evidence", finding.evidence),
    fact("Confidence", finding.confidence),
    fact("Inside", finding.decoded),
    fact("Commit", finding.commit && finding.commit.slice(0, 12), finding.summary && `\u201c${finding.summary}\u201d`),
    fact("By", finding.author, finding.email && `<${finding.email}>`),
    fact("Date", finding.date),
    fact("Also at", others),
    fact("Rule", finding.rule),
    fact("Fingerprint", finding.fingerprint),
    fact("Silenced by", finding.allowed));
  const page = link(finding.url || "", `Open ${host(finding.url || "")}`, "go");
  return el("div", { class: "detail" }, facts,
    finding.allowed ? null : el("div", { class: "todo" }, el("h3", { text: "What to do" }), page,
      checklist(finding.steps, finding.ids, [finding])));
};
const cell = (name, label, ...children) => el("td", { role: "cell", class: `c-${name}`, "data-label": label }, ...children);
const line = (finding) => {
  const id = `finding-${finding.index}`;
  const toggle = el("button", {
    type: "button", class: "expand", "aria-expanded": "false", "aria-controls": id,
    onclick: () => {
      const isOpen = toggle.getAttribute("aria-expanded") === "true";
      toggle.setAttribute("aria-expanded", String(!isOpen));
      if (isOpen) {
        document.getElementById(id).remove();
      } else {
        row.after(el("tr", { role: "row", class: "more-row", id }, el("td", { role: "cell", colspan: HEADS.length }, detail(finding))));
        showTicks();
      }
    },
  }, el("span", { dir: "auto", text: finding.title }));
  const progress = el("span", { class: "progress-text", "data-progress": finding.index });
  showProgress(progress, finding);
  const row = el("tr", { role: "row", class: finding.allowed ? "silenced" : "" },
    cell("severity", "Severity", badge(finding.severity)),
    cell("title", "What", toggle, el("code", { class: "redacted", text: finding.redacted })),
    cell("place", "Where", el("span", { class: "where", dir: "auto", text: finding.place })),
    cell("exposure", "Exposure", pill(finding.exposure)),
    cell("person", "Person", el("span", { dir: "auto", text: finding.person || "\u2013" })),
    cell("date", "Date", finding.day || "\u2013"),
    cell("steps", "Steps done", progress));
  return row;
};

const select = (name, label, options) => {
  const node = el("select", { id: `filter-${name}`, onchange: () => choose({ [name]: node.value }) },
    el("option", { value: "", text: "all" }),
    ...options.map(([value, text]) => el("option", { value, text })));
  pressable.push(() => (node.value = filter[name]));
  return el("label", { class: "field", for: `filter-${name}` }, el("span", { text: label }), node);
};
const distinct = (values) => [...new Set(values)].sort().slice(0, 2000);
const search = el("input", {
  type: "search", id: "filter-text", placeholder: "path, person, rule, commit\u2026", autocomplete: "off", spellcheck: "false",
  oninput: () => choose({ text: search.value }),
});
const table = () => {
  const has = (list, read) => list.filter((value) => findings.some((finding) => read(finding) === value));
  const states = [["todo", "to do"], ["done", "done"]];
  if (open.length < findings.length) states.push(["allowed", "silenced"]);
  const controls = el("div", { class: "filters", role: "search", "aria-label": "Filter the findings" },
    el("label", { class: "field wide", for: "filter-text" }, el("span", { text: "Search" }), search),
    select("severity", "Severity", has([...data.severities].reverse(), (finding) => finding.severity).map((v) => [v, v])),
    select("exposure", "Exposure", has(PUBLIC_FIRST, (finding) => finding.exposure).map((v) => [v, EXPOSURE[v]])),
    select("provider", "Provider", distinct(findings.map((finding) => finding.provider)).map((v) => [v, v])),
    select("person", "Person", distinct(findings.map((finding) => finding.person || "not committed")).map((v) => [v, v])),
    select("state", "State", states));
  return el("section", { class: "panel", id: "findings", "aria-labelledby": "findings-head" },
    el("div", { class: "head" }, el("h2", { id: "findings-head", tabindex: "-1", text: "All findings" }), status),
    controls, chips,
    el("table", { role: "table", class: "findings", "aria-describedby": "shown" },
      el("caption", { class: "sr", text: "Findings; the buttons in the head sort, the name of a finding opens it" }),
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads)), body),
    more);
};
const show = () => {
  const found = chosen();
  const opened = new Set([...body.querySelectorAll(".more-row")].map((row) => row.id));
  const lines = [];
  for (const finding of found.slice(0, limit)) lines.push(line(finding));
  body.replaceChildren(...lines);
  for (const id of opened) {
    const toggle = body.querySelector(`[aria-controls="${id}"]`);
    if (toggle) toggle.click();
  }
  const visible = Math.min(limit, found.length);
  status.textContent = found.length === findings.length && visible === found.length
    ? plural(found.length, "finding")
    : `${visible.toLocaleString("en")} of ${plural(found.length, "finding")} shown${found.length < findings.length ? `, ${(findings.length - found.length).toLocaleString("en")} filtered out` : ""}`;
  more.hidden = visible === found.length;
  more.textContent = `Show ${Math.min(PAGE * 4, found.length - visible).toLocaleString("en")} more`;
  if (search.value !== filter.text) search.value = filter.text;
  for (const head of heads) head.show();
  for (const press of pressable) press();
  showChips();
  showTicks();
};
const showChips = () => {
  const active = [];
  for (const name of ["severity", "exposure", "provider", "person", "state"]) {
    if (filter[name]) active.push([EXPOSURE[filter[name]] || filter[name], { [name]: "" }]);
  }
  if (filter.when) active.push([filter.when, { from: "", to: "", when: "" }]);
  if (filter.group !== null) active.push([`list: ${groups[filter.group].title}`, { group: null }]);
  if (filter.text) active.push([`\u201c${filter.text}\u201d`, { text: "" }]);
  chips.replaceChildren(...active.map(([text, change]) =>
    el("button", { type: "button", class: "chip", "aria-label": `Remove the filter ${text}`, onclick: () => choose(change) },
      el("span", { dir: "auto", text }), el("span", { "aria-hidden": "true", text: " \u00d7" }))));
  if (active.length > 1) chips.append(button("Clear all", () => choose({ ...NONE }), { class: "quiet" }));
};
