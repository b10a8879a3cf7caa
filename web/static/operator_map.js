// The map of Taiwan: districts and pharmacies on one canvas, drawn by Leaflet without any tiles.
import { byId, colour, onChoice, onTheme, t } from "./operator_words.js";

/** `picked(kind, at)`: a district or a pharmacy was clicked on. */
export const mapEvents = { picked: () => {} };

const VIEWS = {  // south-west and north-east of what each button shows
  main: [[21.85, 119.95], [25.35, 122.05]],
  penghu: [[23.15, 119.3], [23.82, 119.75]],
  kinmen: [[24.35, 118.12], [24.56, 118.52]],
  lienchiang: [[25.93, 119.85], [26.4, 120.55]],
};
const WATERS = [[20, 116], [28, 125]];    // what can be dragged into sight
const DISTRICT_NAMES_FROM = 10.5;         // zoom: below there is room for counties alone
const NAMES_AT_ONCE = 60;
const NAME_SIZE = [44, 15];               // pixels that a name needs for itself
const SPREAD = 0.0016;                    // degrees between pharmacies without coordinates
const TURN = Math.PI * (3 - Math.sqrt(5));  // the golden angle: a sunflower, no two on one spot

const map = L.map("map", {
  preferCanvas: true, renderer: L.canvas({ padding: 0.4 }), attributionControl: false, zoomControl: false,
  minZoom: 6.5, maxZoom: 16, zoomSnap: 0.25, zoomDelta: 0.75, maxBounds: WATERS, maxBoundsViscosity: 0.7,
  boxZoom: false, fadeAnimation: false,
});
L.control.zoom({ zoomInTitle: t.zoom_in, zoomOutTitle: t.zoom_out }).addTo(map);
map.fitBounds(VIEWS.main);

let shapes = [];           // district → its layer
let centres = [];          // district → [latitude, longitude]
let titles = [];           // district → {county, district}, the names written there
let counties = [];         // [name, [latitude, longitude]]
let borders = null;        // between the counties
let dots = [];             // pharmacy → its layer
let kinds = { districts: [], pharmacies: [] };
let view = "districts";
const land = L.featureGroup().addTo(map);
const points = L.featureGroup();
const names = L.layerGroup().addTo(map);
const ring = L.circleMarker([0, 0], { radius: 11, weight: 3, fill: false, interactive: false });

/** Draw `places`; `atlas` (TopoJSON) comes the first time. */
export function setPlaces(places, members, atlas) {
  if (atlas) setShapes(places.districts, atlas);
  points.clearLayers();
  ring.remove();
  const within = members.map(() => 0);
  dots = places.pharmacies.map((pharmacy, at) => {
    const [, , district, , , longitude, latitude] = pharmacy;
    const where = longitude === null ? beside(centres[district], within[district]++) : [latitude, longitude];
    const dot = L.circleMarker(where, { weight: 1, fillOpacity: 1 });
    dot.on("click", (event) => { L.DomEvent.stop(event); mark(at); mapEvents.picked("pharmacy", at); });
    return dot.addTo(points);
  });
  byId("map").dataset.pharmacies = dots.length;
}

const nameOf = (county, district) => (county + district).replaceAll("臺", "台");

function setShapes(districts, atlas) {
  const features = topojson.feature(atlas, atlas.objects.towns).features;
  const byName = new Map(features.map((it) => [nameOf(it.properties.COUNTYNAME, it.properties.TOWNNAME), it]));
  shapes = districts.map((it, at) => {
    const layer = L.geoJSON(byName.get(nameOf(it.county, it.district)), { weight: 0.6, fillOpacity: 1, smoothFactor: 0.6 }).getLayers()[0];
    layer.on("click", (event) => { L.DomEvent.stop(event); mark(null); mapEvents.picked("district", at); });
    return layer.addTo(land);
  });
  centres = shapes.map((layer) => middle(largest(layer.getLatLngs())));
  titles = districts.map((it) => ({ county: it.county, district: it.district }));
  counties = countiesOf();
  borders = L.geoJSON(topojson.mesh(atlas, atlas.objects.counties), { interactive: false, weight: 1.4 }).addTo(map);
  byId("map").dataset.shapes = shapes.filter((layer) => layer).length;
  writeNames();
}

/** The biggest ring of a shape: an island's outliers do not move its middle. */
function largest(rings) {
  const flat = Array.isArray(rings[0]) ? rings.map(largest) : [rings];
  return flat.reduce((a, b) => (area(a) >= area(b) ? a : b));
}

const area = (ring) => Math.abs(ring.reduce((sum, it, at) => {
  const next = ring[(at + 1) % ring.length];
  return sum + it.lng * next.lat - next.lng * it.lat;
}, 0));

function middle(ring) {
  const box = L.latLngBounds(ring).getCenter();
  return [box.lat, box.lng];
}

const beside = ([latitude, longitude], at) =>
  [latitude + SPREAD * Math.sqrt(at) * Math.sin(at * TURN), longitude + SPREAD * Math.sqrt(at) * Math.cos(at * TURN)];

/** Colour the districts and the pharmacies: none, little, some, much, empty. */
export function paint(ofDistricts, ofPharmacies) {
  kinds = { districts: ofDistricts, pharmacies: ofPharmacies };
  repaint();
}

function repaint() {
  const fills = Object.fromEntries(["none", "little", "some", "much", "empty", "land", "border", "outline", "ink", "card"].map((it) => [it, colour(it)]));
  const plain = view === "pharmacies";
  shapes.forEach((layer, at) => layer.setStyle({ color: fills.border, fillColor: plain ? fills.land : fills[kinds.districts[at]] ?? fills.land }));
  borders?.setStyle({ color: fills.outline });
  ring.setStyle({ color: colour("chosen") });
  if (plain) {
    dots.forEach((dot, at) => {
      const kind = kinds.pharmacies[at];  // none is a ring and the least of the discs: not told by colour alone
      dot.setStyle(kind === "none" ? { color: fills.none, fillColor: fills.card, weight: 1.5 } : { color: fills.ink, fillColor: fills[kind], weight: 0.7 });
    });
    resize();
  }
}

function resize() {
  const base = Math.max(1.6, (map.getZoom() - 6) * 0.95);
  const sizes = { none: base * 0.9, little: base, some: base * 1.15, much: base * 1.3 };
  dots.forEach((dot, at) => dot.setRadius(sizes[kinds.pharmacies[at]] ?? base));
}

function writeNames() {
  names.clearLayers();
  const sight = map.getBounds();
  const wanted = map.getZoom() >= DISTRICT_NAMES_FROM ? centres.map((centre, at) => [titles[at].district, centre]) : counties;
  const written = [];
  for (const [name, centre] of wanted) {
    if (written.length >= NAMES_AT_ONCE) break;
    const spot = map.latLngToContainerPoint(centre);
    const covered = written.some((it) => Math.abs(it.x - spot.x) < NAME_SIZE[0] && Math.abs(it.y - spot.y) < NAME_SIZE[1]);
    if (covered || !sight.contains(centre)) continue;
    written.push(spot);
    const label = document.createElement("span");
    label.textContent = name;
    L.tooltip({ permanent: true, direction: "center", className: "place-name" }).setLatLng(centre).setContent(label).addTo(names);
  }
}

/** Each county with the mean of its districts' middles. */
function countiesOf() {
  return [...new Set(titles.map((it) => it.county))].map((name) => {
    const inside = centres.filter((_, at) => titles[at].county === name);
    return [name, [0, 1].map((axis) => inside.reduce((sum, it) => sum + it[axis], 0) / inside.length)];
  });
}

function mark(at) {
  if (at === null) ring.remove();
  else ring.setLatLng(dots[at].getLatLng()).addTo(map).bringToFront();
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Bring a district into sight. */
export function focusDistrict(at) {
  mark(null);
  map.fitBounds(shapes[at].getBounds().getSouthWest().lat > 21 ? shapes[at].getBounds() : L.latLng(centres[at]).toBounds(12000), { maxZoom: 13, animate: !still() });
}

/** Bring a pharmacy into sight and ring it. */
export function focusPharmacy(at) {
  map.setView(dots[at].getLatLng(), Math.max(map.getZoom(), 14), { animate: !still() });
  mark(at);
}

onChoice("view", (value) => {
  view = value;
  byId("map-legend").dataset.view = view;
  if (view === "pharmacies") points.addTo(map);
  else { points.remove(); mark(null); }
  repaint();
});
onTheme(repaint);
map.on("zoomend", () => { if (view === "pharmacies") resize(); });
map.on("moveend", writeNames);
for (const button of document.querySelectorAll("[data-jump]")) {
  button.addEventListener("click", () => map.fitBounds(VIEWS[button.dataset.jump], { animate: !still() }));
}
new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(byId("map"));
