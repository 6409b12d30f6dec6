// Light, dark or as the system; and everything open on paper.

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
