// How many by provider, by exposure, by person; each bar is a filter.

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
    const all = button(`${(sorted.length - 6).toLocaleString("en")} more`, () => {
      list.append(...rest.map(row));
      all.remove();
      for (const press of pressable) press();
    }, { class: "quiet" });
    section.append(all);
  }
  return section;
};
