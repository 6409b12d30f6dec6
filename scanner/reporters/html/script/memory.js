// Remember ticks by fingerprint, and the theme; in the browser where it lets us, else until the page is closed.

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
