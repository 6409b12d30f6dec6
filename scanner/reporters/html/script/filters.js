// Which findings are chosen, and in which order.

const NONE = { text: "", severity: "", exposure: "", provider: "", person: "", state: "", group: null, from: "", to: "", when: "" };
let filter = { ...NONE };
let order = { key: "", down: false };
let limit = PAGE;

const matches = (finding) =>
  (!filter.severity || finding.severity === filter.severity)
  && (!filter.exposure || finding.exposure === filter.exposure)
  && (!filter.provider || finding.provider === filter.provider)
  && (!filter.person || (finding.person || "not committed") === filter.person)
  && (filter.group === null || groups[filter.group].has(finding))
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
