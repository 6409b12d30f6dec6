"use strict";
// Shows the findings. Texts become text nodes, never markup; addresses are links only if they are http(s).
(() => {
  const data = JSON.parse(document.getElementById("report-data").textContent);
  const app = document.getElementById("app");
  const PAGE = 50;
  const PRINTED = 1000;
  const EXPOSURE = {
    pushed: "public (pushed)",
    local: "committed, not pushed",
    unreachable: "on no branch",
    staged: "staged",
    worktree: "not committed",
  };
  const PUBLIC_FIRST = ["pushed", "local", "unreachable", "staged", "worktree"];
  const COMMAND = /^(git|cd|pip|keysweep) /;

  // --- elements ---------------------------------------------------------------------------------

  const el = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "text") node.textContent = value;
      else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many || one + "s"}`;

  const link = (address, label, kind) => {
    let url;
    try {
      url = new URL(address);
    } catch {
      return null;
    }
    if (url.protocol !== "https:" && url.protocol !== "http:") return null;
    const attributes = { href: url.href, target: "_blank", rel: "noopener noreferrer", class: kind, dir: "auto" };
    return el("a", { ...attributes, text: label || url.href });
  };
  const host = (address) => {
    try {
      return new URL(address).host;
    } catch {
      return "";
    }
  };
  const button = (text, onclick, attributes = {}) => el("button", { type: "button", text, onclick, ...attributes });

  // --- what is remembered: ticks by fingerprint, and the theme -------------------------------------

  const memory = new Map();
  let remembers = true;
  try {
    localStorage.setItem("keysweep:test", "1");
    localStorage.removeItem("keysweep:test");
  } catch {
    remembers = false;
  }
  const recall = (key) => {
    if (memory.has(key)) return memory.get(key);
    try {
      return remembers ? localStorage.getItem(key) : null;
    } catch {
      return null;
    }
  };
  const remember = (key, value) => {
    memory.set(key, value);
    try {
      if (remembers) {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
      }
    } catch {
      remembers = false; // full: what was ticked lasts until the page is closed
      showMemory();
    }
  };

  // A step is known by its words outside backticks: the commands in it differ from place to place.
  const stepId = (step) => {
    const words = step.split("`").filter((_, index) => index % 2 === 0).join("`");
    let hash = 0x811c9dc5;
    for (let index = 0; index < words.length; index++) {
      hash = Math.imul(hash ^ words.charCodeAt(index), 0x01000193);
    }
    return (hash >>> 0).toString(36);
  };
  const done = new Map(); // fingerprint to the set of its ticked steps
  const doneOf = (fingerprint) => {
    if (!done.has(fingerprint)) {
      let steps = [];
      try {
        steps = JSON.parse(recall("keysweep:ticks:" + fingerprint) || "[]");
      } catch {
        steps = [];
      }
      done.set(fingerprint, new Set(Array.isArray(steps) ? steps : []));
    }
    return done.get(fingerprint);
  };
  const tick = (members, id, isDone) => {
    for (const finding of members) {
      const steps = doneOf(finding.fingerprint);
      if (isDone) steps.add(id);
      else steps.delete(id);
      remember("keysweep:ticks:" + finding.fingerprint, steps.size ? JSON.stringify([...steps]) : null);
    }
    showTicks();
  };

  // --- findings -----------------------------------------------------------------------------------

  const TEXTS = new Set(
    ("title provider rule path place commit author email date summary fingerprint redacted evidence decoded url"
      + " allowed").split(" "),
  );
  const findings = data.findings.map((row, index) => {
    const finding = { index };
    data.columns.forEach((name, column) => {
      finding[name] = TEXTS.has(name) ? data.texts[row[column]] : row[column];
    });
    finding.rank = finding.severity;
    finding.severity = data.severities[finding.severity];
    finding.exposure = data.exposures[finding.exposure];
    finding.confidence = data.confidences[finding.confidence];
    finding.steps = finding.steps.map((number) => data.texts[number]);
    finding.others = finding.others.map((number) => data.texts[number]);
    finding.day = /^\d{4}-\d\d-\d\d/.test(finding.date || "") ? finding.date.slice(0, 10) : "";
    finding.person = finding.author || finding.email || "";
    finding.search = [
      finding.title, finding.provider, finding.rule, finding.place, finding.author, finding.email, finding.summary,
      finding.commit, finding.fingerprint, finding.redacted, finding.evidence, finding.severity, finding.day,
      EXPOSURE[finding.exposure],
    ].join("\n").toLowerCase();
    return finding;
  });
  const open = findings.filter((finding) => !finding.allowed);
  const groups = data.groups.map((group, index) => ({
    index,
    title: data.texts[group.title],
    kinds: data.texts[group.kinds],
    url: data.texts[group.url],
    steps: group.steps.map((number) => data.texts[number]),
    members: group.members.map((number) => findings[number]),
  }));
  for (const finding of findings) finding.ids = finding.steps.map(stepId);
  for (const group of groups) group.ids = group.steps.map(stepId);

  const stepsDone = (finding) => {
    const steps = doneOf(finding.fingerprint);
    return steps.size ? finding.ids.filter((id) => steps.has(id)).length : 0;
  };
  const isDone = (finding) => finding.ids.length > 0 && stepsDone(finding) === finding.ids.length;

  // --- check-lists --------------------------------------------------------------------------------

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
        const words = afterCommand ? part.trim() : part;
        if (words && !(afterCommand && (words === "then" || words === "."))) body.append(...prose(words, name));
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

  // --- filters ------------------------------------------------------------------------------------

  const NONE = { text: "", severity: "", exposure: "", provider: "", person: "", state: "", group: null, from: "", to: "", when: "" };
  let filter = { ...NONE };
  let order = { key: "", down: false };
  let limit = PAGE;

  const matches = (finding) =>
    (!filter.severity || finding.severity === filter.severity)
    && (!filter.exposure || finding.exposure === filter.exposure)
    && (!filter.provider || finding.provider === filter.provider)
    && (!filter.person || (finding.person || "not committed") === filter.person)
    && (filter.group === null || finding.group === filter.group)
    && (!filter.from || (finding.day >= filter.from && finding.day <= filter.to))
    && (!filter.state
      || (filter.state === "allowed" ? Boolean(finding.allowed) : !finding.allowed && isDone(finding) === (filter.state === "done")))
    && filter.text.toLowerCase().split(/\s+/).every((word) => finding.search.includes(word));

  const KEYS = {
    severity: (finding) => -finding.rank,
    title: (finding) => finding.title.toLowerCase(),
    place: (finding) => finding.place.toLowerCase(),
    exposure: (finding) => PUBLIC_FIRST.indexOf(finding.exposure),
    person: (finding) => finding.person.toLowerCase() || "\uffff",
    date: (finding) => finding.day || "\uffff",
    steps: (finding) => stepsDone(finding) / (finding.ids.length || 1),
  };
  const chosen = () => {
    const found = findings.filter(matches);
    if (!order.key) return found;
    const key = KEYS[order.key];
    const keyed = found.map((finding) => [key(finding), finding]);
    keyed.sort(([a, first], [b, second]) => (a < b ? -1 : a > b ? 1 : first.index - second.index));
    if (order.down) keyed.reverse();
    return keyed.map(([, finding]) => finding);
  };
  const choose = (changes, isJump) => {
    filter = { ...filter, ...changes };
    limit = PAGE;
    show();
    if (isJump) {
      const heading = document.getElementById("findings-head");
      heading.scrollIntoView({ block: "start" });
      heading.focus({ preventScroll: true });
    }
  };

  // --- timeline -----------------------------------------------------------------------------------

  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const UNITS = [
    { // days
      of: (day) => day,
      next: (key) => new Date(Date.parse(key) + 864e5).toISOString().slice(0, 10),
      ends: (key) => [key, key],
      label: (key) => `${Number(key.slice(8))} ${MONTHS[Number(key.slice(5, 7)) - 1]} ${key.slice(0, 4)}`,
      short: (key) => `${Number(key.slice(8))} ${MONTHS[Number(key.slice(5, 7)) - 1]}`,
    },
    { // months
      of: (day) => day.slice(0, 7),
      next: (key) => {
        const month = Number(key.slice(5)) % 12 + 1;
        return `${String(Number(key.slice(0, 4)) + (month === 1 ? 1 : 0)).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
      },
      ends: (key) => [`${key}-01`, `${key}-31`],
      label: (key) => `${MONTHS[Number(key.slice(5)) - 1]} ${key.slice(0, 4)}`,
      short: (key) => `${MONTHS[Number(key.slice(5)) - 1]} ${key.slice(2, 4)}`,
    },
    ...[[1, ""], [10, "s"], [100, "s"], [1000, "s"]].map(([years, mark]) => ({
      of: (day) => String(Math.floor(Number(day.slice(0, 4)) / years) * years).padStart(4, "0"),
      next: (key) => String(Number(key) + years).padStart(4, "0"),
      ends: (key) => [`${key}-01-01`, `${String(Number(key) + years - 1).padStart(4, "0")}-12-31`],
      label: (key) => key + mark,
      short: (key) => key + mark,
    })),
  ];
  const bins = (days) => {
    const sorted = [...days].sort();
    for (const unit of UNITS) {
      const first = unit.of(sorted[0]);
      const last = unit.of(sorted[sorted.length - 1]);
      const keys = [first];
      try {
        while (keys.length <= 48 && keys[keys.length - 1] < last) keys.push(unit.next(keys[keys.length - 1]));
      } catch {
        continue; // a date that no calendar has
      }
      if (keys[keys.length - 1] >= last && keys.length <= 48) return { unit, keys };
    }
    return null;
  };
  const timeline = () => {
    const dated = open.filter((finding) => finding.day);
    const scale = dated.length ? bins(dated.map((finding) => finding.day)) : null;
    if (!scale) return null;
    const { unit, keys } = scale;
    const counts = new Map(keys.map((key) => [key, { all: 0, pushed: 0 }]));
    for (const finding of dated) {
      const count = counts.get(unit.of(finding.day));
      if (!count) continue;
      count.all += 1;
      if (finding.exposure === "pushed") count.pushed += 1;
    }
    const highest = Math.max(...[...counts.values()].map((count) => count.all));
    const every = Math.ceil(keys.length / 12);
    const bars = keys.map((key, index) => {
      const { all, pushed } = counts.get(key);
      const label = `${unit.label(key)}: ${plural(all, "secret")}${pushed ? `, ${pushed.toLocaleString("en")} public` : ""}`;
      const pile = el("span", { class: "pile" },
        el("span", { class: "part hidden-part" }), el("span", { class: "part public-part" }));
      pile.children[0].style.height = `${(all - pushed) / highest * 100}%`;
      pile.children[1].style.height = `${pushed / highest * 100}%`;
      const bar = el("button", {
        type: "button", class: "column", disabled: all === 0, "aria-label": label, title: label,
        onclick: () => {
          const [from, to] = unit.ends(key);
          choose(filter.from === from && filter.to === to ? { from: "", to: "", when: "" } : { from, to, when: unit.label(key) });
        },
      }, el("span", { class: "number", text: all ? all.toLocaleString("en") : "" }), pile,
        el("span", { class: "tick-label", text: index % every === 0 ? unit.short(key) : "" }));
      pressable.push(() => bar.setAttribute("aria-pressed", String(filter.from === unit.ends(key)[0] && filter.to === unit.ends(key)[1])));
      return el("li", {}, bar);
    });
    const undated = open.length - dated.length;
    return el("figure", { class: "panel timeline", "aria-labelledby": "time-head" },
      el("div", { class: "head" },
        el("h2", { id: "time-head", text: "When they were committed" }),
        el("p", { class: "legend" }, el("span", { class: "swatch public-part" }), " public ",
          el("span", { class: "swatch hidden-part" }), " not pushed")),
      el("ul", { class: "columns" }, ...bars),
      undated ? el("p", { class: "dim", text: `${plural(undated, "secret")} without a commit.` }) : null);
  };

  // --- by provider, exposure, person --------------------------------------------------------------

  const pressable = []; // functions that show which filters are on
  const breakdown = (name, heading, valueOf, showValue, ranks) => {
    const counts = new Map();
    for (const finding of open) {
      const value = valueOf(finding);
      const count = counts.get(value) || { all: 0, pushed: 0 };
      count.all += 1;
      if (finding.exposure === "pushed") count.pushed += 1;
      counts.set(value, count);
    }
    const sorted = [...counts].sort(([a, first], [b, second]) =>
      (ranks ? ranks.indexOf(a) - ranks.indexOf(b) : second.all - first.all || (a < b ? -1 : 1)));
    const highest = Math.max(...sorted.map(([, count]) => count.all));
    const row = ([value, { all, pushed }]) => {
      const bar = el("span", { class: "bar-track", "aria-hidden": "true" },
        el("span", { class: "part public-part" }), el("span", { class: "part hidden-part" }));
      bar.children[0].style.width = `${pushed / highest * 100}%`;
      bar.children[1].style.width = `${(all - pushed) / highest * 100}%`;
      const node = el("button", {
        type: "button", class: "row",
        onclick: () => choose({ [name]: filter[name] === value ? "" : value }),
      }, el("span", { class: "name", dir: "auto", text: showValue(value) }),
        el("span", { class: "count", text: all.toLocaleString("en") }), bar,
        el("span", { class: "sr", text: `${plural(all, "secret")}, ${pushed} public` }));
      pressable.push(() => node.setAttribute("aria-pressed", String(filter[name] === value)));
      return el("li", {}, node);
    };
    const list = el("ul", { class: "rows" }, ...sorted.slice(0, 6).map(row));
    const section = el("section", { class: "panel", "aria-labelledby": `by-${name}` },
      el("h2", { id: `by-${name}`, text: heading }), list);
    const rest = sorted.slice(6, 300);
    if (rest.length) {
      const all = button(`${plural(sorted.length - 6, "more")}`.replace("mores", "more"), () => {
        list.append(...rest.map(row));
        all.remove();
        for (const press of pressable) press();
      }, { class: "quiet" });
      section.append(all);
    }
    return section;
  };

  // --- the table ----------------------------------------------------------------------------------

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

  // --- theme and print ----------------------------------------------------------------------------

  const THEMES = ["auto", "light", "dark"];
  const themeButton = button("", () => {
    const next = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme || "auto") + 1) % 3];
    remember("keysweep:theme", next);
    setTheme(next);
  }, { id: "theme" });
  const setTheme = (theme) => {
    const known = THEMES.includes(theme) ? theme : "auto";
    document.documentElement.dataset.theme = known;
    themeButton.textContent = { auto: "\u25d0 Auto", light: "\u2600 Light", dark: "\u263e Dark" }[known];
    themeButton.setAttribute("aria-label", `Colours: ${known}. Change`);
  };
  let before = null;
  addEventListener("beforeprint", () => {
    if (before) return;
    before = { limit, opened: [...app.querySelectorAll("details:not([open])")] };
    for (const card of before.opened) {
      card.open = true;
      if (card.build) card.build();
    }
    limit = Math.max(limit, PRINTED);
    show();
  });
  addEventListener("afterprint", () => {
    if (!before) return;
    limit = before.limit;
    for (const card of before.opened) card.open = false;
    before = null;
    show();
  });

  // --- all together -------------------------------------------------------------------------------

  setTheme(recall("keysweep:theme"));
  document.getElementById("tools").append(themeButton, button("Print", () => print(), { id: "print" }));
  showMemory();
  if (findings.length) {
    const parts = [tasks()];
    if (open.length) {
      parts.push(timeline(), el("div", { class: "trio" },
        breakdown("provider", "By provider", (finding) => finding.provider, (value) => value),
        breakdown("exposure", "By exposure", (finding) => finding.exposure, (value) => EXPOSURE[value], PUBLIC_FIRST),
        breakdown("person", "By person", (finding) => finding.person || "not committed", (value) => value)));
    }
    parts.push(table());
    app.append(...parts.filter(Boolean));
    show();
    app.hidden = false;
    document.getElementById("plain").remove();
  }
})();
