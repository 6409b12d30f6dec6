// Check-lists: a step ticked in one place is ticked wherever it stands.

let boxes = 0;
const ticks = new Set(); // every check box on the page, to show what another one changed

const copyButton = (text) => {
  const copy = button("Copy", async () => {
    try {
      await navigator.clipboard.writeText(text);
      copy.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(copy.previousSibling);
      copy.textContent = "Selected: press Ctrl+C";
    }
    setTimeout(() => (copy.textContent = "Copy"), 2000);
  }, { class: "copy", "aria-label": "Copy the command" });
  return copy;
};
const prose = (text, box) => {
  const parts = text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:)])/);
  return parts.filter(Boolean).map((part, index) => {
    const isLink = /^https?:\/\//.test(part) && link(part, part);
    return isLink || el("label", { for: box, text: part });
  });
};
const step = (text, id, members) => {
  const name = `step-${++boxes}`;
  const box = el("input", { type: "checkbox", id: name, "aria-labelledby": `${name}-text` });
  box.addEventListener("change", () => tick(members, id, box.checked));
  const body = el("div", { class: "step", id: `${name}-text` });
  let afterCommand = false;
  text.split("`").forEach((part, index) => {
    if (index % 2 === 0) {
      const words = afterCommand ? part.trimStart() : part;
      if (words && !(afterCommand && /^(then|\.)\s*$/.test(words))) body.append(...prose(words, name));
      return;
    }
    afterCommand = COMMAND.test(part);
    if (afterCommand) body.append(el("div", { class: "command" }, el("code", { text: part }), copyButton(part)));
    else body.append(el("code", { text: part, dir: "auto" }));
  });
  ticks.add({ box, id, members });
  return el("li", {}, box, body);
};
const checklist = (steps, ids, members) =>
  el("ol", { class: "steps" }, ...steps.map((text, index) => step(text, ids[index], members)));

const meters = [];
const showTicks = () => {
  for (const entry of ticks) {
    if (!entry.box.isConnected && entry.wasShown) {
      ticks.delete(entry);
      continue;
    }
    entry.wasShown = entry.wasShown || entry.box.isConnected;
    const count = entry.members.filter((finding) => doneOf(finding.fingerprint).has(entry.id)).length;
    entry.box.checked = count === entry.members.length;
    entry.box.indeterminate = count > 0 && count < entry.members.length;
    entry.box.closest("li").classList.toggle("done", entry.box.checked);
  }
  for (const meter of meters) meter();
  for (const cell of app.querySelectorAll("[data-progress]")) {
    showProgress(cell, findings[Number(cell.dataset.progress)]);
  }
};
const showProgress = (cell, finding) => {
  const count = stepsDone(finding);
  cell.textContent = finding.allowed
    ? "silenced"
    : count === finding.ids.length ? "\u2713 done" : `${count} of ${finding.ids.length}`;
  cell.classList.toggle("is-done", count === finding.ids.length);
};

const badge = (severity) => el("span", { class: `badge sev-${severity}`, text: severity });
const pill = (exposure) => el("span", { class: `pill exp-${exposure}`, text: EXPOSURE[exposure] });

const groupDone = (group) =>
  group.ids.filter((id) => group.members.every((finding) => doneOf(finding.fingerprint).has(id))).length;

const task = (group, isOpen) => {
  const first = group.members[0];
  const count = el("span", { class: "count" });
  const progress = el("progress", { max: group.ids.length, "aria-hidden": "true" });
  meters.push(() => {
    const number = groupDone(group);
    progress.value = number;
    count.textContent = number === group.ids.length ? "\u2713 all steps done" : `${number} of ${group.ids.length} steps`;
    card.classList.toggle("done", number === group.ids.length);
  });
  const places = group.members.slice(0, 8).map((finding) =>
    el("li", {}, el("span", { class: "where", dir: "auto", text: finding.place }), el("code", { text: finding.redacted })));
  const more = group.members.length - places.length;
  const body = el("div", { class: "task-body" },
    el("ul", { class: "places" }, ...places),
    button(more > 0 ? `Show all ${group.members.length.toLocaleString("en")} in the table` : "Show in the table",
      () => choose({ group: group.index }, true), { class: "quiet" }));
  const page = link(group.url || "", `Open ${host(group.url || "")}`, "go");
  if (page) body.append(page);
  const card = el("details", { class: "task", open: isOpen },
    el("summary", {},
      badge(first.severity),
      el("h3", {}, el("span", { dir: "auto", text: group.title })),
      pill(first.exposure),
      el("span", { class: "dim", text: `${plural(group.members.length, "place")}${group.kinds ? `: ${group.kinds}` : ""}` }),
      progress, count),
    body);
  let isBuilt = false;
  const build = () => {
    if (isBuilt || !card.open) return;
    isBuilt = true;
    body.append(checklist(group.steps, group.ids, group.members));
    showTicks();
  };
  card.addEventListener("toggle", build);
  card.build = build;
  build();
  return card;
};

const tasks = () => {
  if (!groups.length) return null;
  const total = groups.reduce((sum, group) => sum + group.ids.length, 0);
  const bar = el("progress", { max: total, "aria-labelledby": "all-done" });
  const text = el("p", { id: "all-done", role: "status" });
  meters.push(() => {
    const number = groups.reduce((sum, group) => sum + groupDone(group), 0);
    bar.value = number;
    text.textContent = number === total
      ? `\u2713 All ${plural(total, "step")} ticked. Scan again to see what is left.`
      : `${number.toLocaleString("en")} of ${plural(total, "step")} done`;
  });
  const list = el("div", { class: "tasks" }, ...groups.slice(0, 8).map((group, index) => task(group, index === 0)));
  const section = el("section", { class: "panel", "aria-labelledby": "tasks-head" },
    el("div", { class: "head" }, el("h2", { id: "tasks-head", text: "What to do now" }), text),
    bar, memoryLine, list);
  const rest = groups.slice(8);
  if (rest.length) {
    const all = button(`Show ${plural(rest.length, "more list")}`, () => {
      list.append(...rest.map((group) => task(group, false)));
      all.remove();
      showTicks();
    }, { class: "quiet", id: "more-tasks" });
    section.append(all);
  }
  return section;
};
const memoryLine = el("p", { class: "dim", id: "memory" });
const showMemory = () => {
  memoryLine.textContent = remembers
    ? "Ticks stay in this browser, under each finding\u2019s fingerprint."
    : "This browser does not let the page remember: ticks last until it is closed. Print it to keep them.";
};
