// A field that finds districts and pharmacies as one types: a combobox with a list, by pointer or
// by keys (arrows, Home, End, Enter, Escape).
import { byId, fill, make, number, t } from "./operator_words.js";

const AT_ONCE = 8;
const field = byId("search");
const list = byId("results");

let entries = [];     // {kind, at, name, more, words}
let hits = [];
let active = -1;
let go = () => {};

const plain = (words) => words.normalize("NFKC").toLowerCase().replaceAll("臺", "台").replace(/['’\s]/g, "");

/** What can be found, and what to do with what is picked: `chosen(kind, at)`. */
export function setEntries(found, chosen) {
  go = chosen;
  entries = found.map((entry) => ({ ...entry, plain: plain(entry.words) }));
  close();
}

function look() {
  const wanted = plain(field.value);
  if (!wanted) { close(); return; }
  const all = entries.filter((entry) => entry.plain.includes(wanted));
  hits = [...all.filter((entry) => entry.plain.startsWith(wanted)), ...all.filter((entry) => !entry.plain.startsWith(wanted))].slice(0, AT_ONCE);
  list.replaceChildren(...hits.map((entry, at) => {
    const option = make("li", { id: `result-${at}`, role: "option", "aria-selected": "false" }, entry.name, make("small", {}, entry.more));
    option.addEventListener("pointerdown", (event) => { event.preventDefault(); pick(at); });
    return option;
  }));
  byId("search-said").textContent = all.length ? fill(t.found, { count: number(all.length) }) : fill(t.no_results, { words: field.value.trim() });
  list.hidden = !hits.length;
  field.setAttribute("aria-expanded", String(hits.length > 0));
  point(hits.length ? 0 : -1);
}

function point(at) {
  active = at;
  [...list.children].forEach((option, each) => option.setAttribute("aria-selected", String(each === at)));
  if (at < 0) field.removeAttribute("aria-activedescendant");
  else field.setAttribute("aria-activedescendant", `result-${at}`);
}

function close() {
  hits = [];
  list.hidden = true;
  list.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  byId("search-said").textContent = "";
  point(-1);
}

function pick(at) {
  const { kind, at: which, name } = hits[at];
  field.value = name;
  close();
  go(kind, which);
}

const MOVES = {
  ArrowDown: () => (active + 1) % hits.length,
  ArrowUp: () => (active + hits.length - 1) % hits.length,
  Home: () => 0,
  End: () => hits.length - 1,
};

field.addEventListener("input", look);
field.addEventListener("blur", close);
field.addEventListener("keydown", (event) => {
  if (event.isComposing) return;  // an input method is choosing characters
  if (event.key === "Escape") close();
  else if (event.key === "Enter" && active >= 0) pick(active);
  else if (event.key in MOVES && hits.length) point(MOVES[event.key]());
  else if (event.key === "ArrowDown") look();
  else return;
  event.preventDefault();
});
