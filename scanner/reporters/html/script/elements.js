// Make elements: texts become text nodes, never markup; addresses are links only if they are http(s).

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
