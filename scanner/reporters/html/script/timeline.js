// When the secrets were committed: bars of days, months, years or more.

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
    }, el("span", { class: "number", "aria-hidden": "true", text: all ? all.toLocaleString("en") : "" }), pile);
    pressable.push(() => bar.setAttribute("aria-pressed", String(filter.from === unit.ends(key)[0] && filter.to === unit.ends(key)[1])));
    const isNamed = index % every === 0 && index <= keys.length - Math.ceil(every / 2);
    const name = el("span", { class: "tick-label", "aria-hidden": "true", text: isNamed ? unit.short(key) : "" });
    return el("li", {}, bar, name);
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
