// Unpack the findings and the groups that share their steps.

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
for (const group of groups) {
  const members = new Set(group.members);
  group.has = (finding) => members.has(finding);
  group.ids = group.steps.map(stepId);
}

const stepsDone = (finding) => {
  const steps = doneOf(finding.fingerprint);
  return steps.size ? finding.ids.filter((id) => steps.has(id)).length : 0;
};
const isDone = (finding) => finding.ids.length > 0 && stepsDone(finding) === finding.ids.length;
