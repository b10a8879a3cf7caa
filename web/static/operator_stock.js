// What is left where: fetched when the feed moved on, put on the map, in the panel and in the table.
import { focusDistrict, focusPharmacy, mapEvents, paint, setPlaces } from "./operator_map.js";
import { setEntries } from "./operator_search.js";
import { byId, fill, fillTable, lang, make, number, onChoice, routes, t } from "./operator_words.js";

const FEWEST = 10;
const CLASSES = ["none", "little", "some", "much"];
const WORDS = { none: t.none_left, little: t.little, some: t.some, much: t.much };

let places = null;
let version = "";        // of the places
let sourceTime = "";     // of the counts in hand
let left = {};           // product → counts, in the order of the pharmacies
let stopped = {};        // product → the places of those that do not sell it any more
let product = 0;         // its place in places.products
let chosen = null;       // ["district" | "pharmacy", its place in the list]
let members = [];        // district → the places of its pharmacies in the list

/** Fetch the counts where those in hand are not those of `time`. */
export async function renewStock(time) {
  if (time === sourceTime) return;
  if (!time) {
    byId("map-note").textContent = t.no_places;
    return;
  }
  try {
    const stock = await (await found(routes.stock)).json();
    if (stock.places !== version) await renewPlaces();
    if (stock.places !== version) return;  // another worker is a step behind: the next question settles it
    left = stock.left;
    stopped = stock.stopped;
    sourceTime = time;
    byId("map-note").textContent = unplaced();
    draw();
  } catch {
    byId("map-note").textContent = t.map_lost;
  }
}

async function found(route) {
  const answer = await fetch(route);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

async function renewPlaces() {
  const answer = await found(routes.places);
  const shapes = places ? null : await (await found(routes.shapes)).json();
  places = await answer.json();
  version = (answer.headers.get("ETag") ?? "").replace(/^W\//, "").replaceAll('"', "");
  members = places.districts.map(() => []);
  places.pharmacies.forEach((pharmacy, at) => members[pharmacy[2]].push(at));
  product = Math.min(product, places.products.length - 1);
  chosen = null;
  offerProducts();
  setPlaces(places, members, shapes);
  setEntries([
    ...places.districts.map((it, at) => ({ kind: "district", at, name: districtName(at), more: fill(t.pharmacies, { count: members[at].length }), words: `${it.county}${it.district} ${it.district_en} ${it.county_en}` })),
    ...places.pharmacies.map((it, at) => ({ kind: "pharmacy", at, name: it[1], more: `${districtName(it[2])} ${it[0]}`, words: `${it[1]} ${it[0]}` })),
  ], choose);
}

const districtName = (at) => {
  const it = places.districts[at];
  return lang === "en-US" ? `${it.district_en}, ${it.county_en}` : it.county + it.district;
};
const named = () => places.products[product].names[lang];
const countOf = (at) => left[places.products[product].id][at];

/** none, little, some or much of a product, for one pharmacy's count or a district's mean. */
function classOf(count, steps) {
  return CLASSES[steps.filter((step) => count >= step).length];
}

function districts() {
  const { steps } = places.products[product];
  return members.map((inside) => {
    const total = inside.reduce((sum, at) => sum + countOf(at), 0);
    const some = inside.filter((at) => countOf(at) > 0).length;
    const mean = inside.length ? total / inside.length : 0;
    return { total, some, of: inside.length, kind: inside.length ? classOf(Math.ceil(mean), steps) : "empty" };
  });
}

function draw() {
  const { steps } = places.products[product];
  const sums = districts();
  paint(sums.map((it) => it.kind), places.pharmacies.map((_, at) => classOf(countOf(at), steps)));
  const bounds = ["0", `${steps[0]}–${steps[1] - 1}`, `${steps[1]}–${steps[2] - 1}`, `≥ ${steps[2]}`];
  const swatches = CLASSES.map((kind, at) => make("li", {}, make("span", { class: `swatch class ${kind}` }), `${WORDS[kind]} ${bounds[at]}`));
  const empty = make("li", {}, make("span", { class: "swatch class empty" }), t.no_pharmacy);
  byId("map-legend").replaceChildren(...swatches, empty);
  if (byId("district-details").open) tellDistricts(sums);
  tellChosen(sums);
}

function unplaced() {
  const count = places.pharmacies.filter((pharmacy) => pharmacy[5] === null).length;
  const note = count ? fill(t.unplaced, { count: number(count) }) : "";
  return `${t.mean_note}${lang === "en-US" ? " " : ""}${note}`;
}

function offerProducts() {
  const buttons = places.products.map((it, at) => {
    const radio = make("input", { type: "radio", name: "product", value: at, ...(at === product ? { checked: "" } : {}) });
    radio.addEventListener("change", () => { product = at; draw(); });
    return make("label", {}, radio, make("span", {}, it.names[lang].name));
  });
  byId("products").replaceChildren(byId("products").firstElementChild, ...buttons);
}

const goes = (words, go) => {
  const button = make("button", { type: "button", class: "plain" }, words);
  button.addEventListener("click", go);
  return button;
};

function tellDistricts(sums) {
  const rows = sums.map((it, at) => [goes(districtName(at), () => choose("district", at)), WORDS[it.kind] ?? t.no_pharmacy, number(it.total), `${number(it.some)} / ${number(it.of)}`]);
  fillTable(byId("district-table"), [t.district, t.legend, `${t.left} (${named().name})`, t.have_some], rows);
}

/** Before anything is chosen: where the least is left, a pharmacy. */
function tellFewest(sums) {
  const ranked = sums.map((it, at) => ({ ...it, at, mean: it.total / it.of })).filter((it) => it.of)
    .sort((a, b) => a.mean - b.mean || b.of - a.of).slice(0, FEWEST);
  const table = make("table");
  fillTable(table, [t.district, t.left, t.have_some],
    ranked.map((it) => [goes(districtName(it.at), () => choose("district", it.at)), number(it.total), `${number(it.some)} / ${number(it.of)}`]));
  byId("chosen").replaceChildren(make("h3", { id: "chosen-title" }, t.fewest), make("p", { class: "note" }, t.choose), table);
}

function tellChosen(sums) {
  if (!chosen) { tellFewest(sums); return; }
  const [kind, at] = chosen;
  const title = make("h3", { id: "chosen-title" });
  const facts = make("dl", { class: "facts" });
  const add = (name, value, big) => facts.append(make("dt", {}, name), make("dd", big ? { class: "big" } : {}, value));
  const panel = [title, facts];
  if (kind === "pharmacy") {
    const [id, name, district, address, phone, longitude] = places.pharmacies[at];
    title.textContent = name;
    for (const it of places.products) {
      const count = left[it.id][at];
      const word = stopped[it.id].includes(at) ? t.stopped : WORDS[classOf(count, it.steps)];
      add(it.names[lang].name, `${number(count)}${lang === "en-US" ? "" : ` ${it.names[lang].unit}`} · ${word}`, true);
    }
    add(t.district, goes(districtName(district), () => choose("district", district)));
    add(t.address, address);
    add(t.phone, phone || t.unknown);
    add(t.id, id);
    if (longitude === null) add(t.map, t.no_coordinates);
  } else {
    title.textContent = districtName(at);
    add(`${t.left} (${named().name})`, `${number(sums[at].total)} · ${WORDS[sums[at].kind] ?? t.no_pharmacy}`, true);
    add(t.have_some, `${number(sums[at].some)} / ${number(sums[at].of)}`);
    const inside = [...members[at]].sort((a, b) => countOf(b) - countOf(a));
    const rows = inside.map((one) => [goes(places.pharmacies[one][1], () => choose("pharmacy", one)), number(countOf(one))]);
    const table = make("table");
    fillTable(table, [t.pharmacies_here, t.left], rows);
    panel.push(make("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": t.pharmacies_here }, table));
  }
  const scrolled = byId("chosen").querySelector(".scrolls")?.scrollTop ?? 0;
  byId("chosen").replaceChildren(...panel);
  const scroller = byId("chosen").querySelector(".scrolls");
  if (scroller) scroller.scrollTop = scrolled;
}

/** Show a district or a pharmacy in the panel and on the map. */
function choose(kind, at) {
  chosen = [kind, at];
  byId("chosen").querySelector(".scrolls")?.scrollTo(0, 0);
  tellChosen(districts());
  if (kind === "district") focusDistrict(at);
  else {
    document.querySelector("input[name=view][value=pharmacies]").click();
    focusPharmacy(at);
  }
}

mapEvents.picked = (kind, at) => { chosen = [kind, at]; tellChosen(districts()); };
byId("district-details").addEventListener("toggle", () => { if (places) tellDistricts(districts()); });
