// Put the parts together.

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
