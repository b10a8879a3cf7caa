// Words, numbers and elements. Texts always become text nodes: whatever a feed holds is never read
// as markup.

const main = document.getElementById("operator");

export const lang = main.dataset.lang;
export const routes = main.dataset;
export const t = JSON.parse(main.dataset.text);
export const byId = (id) => document.getElementById(id);

const ZONE = "Asia/Taipei";
const clock = new Intl.DateTimeFormat(lang, { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const seconds = new Intl.DateTimeFormat(lang, { timeZone: ZONE, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(lang, { timeZone: ZONE, dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" });

export const number = (value) => value.toLocaleString(lang);
export const atMinute = (iso) => clock.format(new Date(iso));
export const atSecond = (iso) => seconds.format(new Date(iso));
export const atDay = (iso) => (iso ? day.format(new Date(iso)) : "–");
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank);
export const percent = (part, whole) => (whole ? `${(100 * part / whole).toFixed(part && part < whole / 10 ? 1 : 0)} %` : "–");

/** How long, in one unit: 40 秒, 3 分鐘, 2 小時, 5 天. */
export function duration(value) {
  const steps = [["days", 86400], ["hours", 3600], ["minutes", 60]];
  const [unit, size] = steps.find(([, each]) => value >= 1.5 * each) ?? ["seconds", 1];
  const shown = value / size;
  return fill(t[unit], { n: size === 1 && shown < 10 ? Number(shown.toFixed(1)) : Math.round(shown) });
}

/** An element with text nodes and elements in it; `attributes` are set as they are. */
export function make(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inside.map((each) => (each instanceof Node ? each : String(each))));
  return element;
}

/** Put titles and rows into `table`; the first cell of a row is its heading. */
export function fillTable(table, titles, rows) {
  const head = make("tr", {}, ...titles.map((title) => make("th", { scope: "col" }, title)));
  const body = rows.map(([first, ...cells]) =>
    make("tr", {}, make("th", { scope: "row" }, first), ...cells.map((cell) => (cell instanceof HTMLTableCellElement ? cell : make("td", {}, cell)))));
  table.replaceChildren(make("thead", {}, head), make("tbody", {}, ...body));
}

/** Put names and values into `list`, a dl. */
export function fillFacts(list, facts) {
  list.replaceChildren(...facts.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

/** A colour of the style sheet as it stands now, dark or light. */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export const onTheme = (change) => matchMedia("(prefers-color-scheme: dark)").addEventListener("change", change);

/** Do `change` whenever a radio button of this name is chosen. */
export function onChoice(name, change) {
  for (const button of document.querySelectorAll(`input[name=${name}]`)) {
    button.addEventListener("change", () => change(button.value));
  }
}
