// The last hour by channel, and today beside yesterday: drawn by uPlot, and written as tables.
import { atMinute, byId, colour, fillTable, make, number, onChoice, onTheme, t } from "./operator_words.js";

const DASHES = [[], [8, 4], [2, 3], [12, 3, 2, 3], [5, 5]];
const HEIGHT = 220;
const STEPS = [0, 1, 2, 3, 4, 5, 6].flatMap((power) => [1, 2, 5].map((step) => step * 10 ** power));
// As wide as the longest label: a whole country has five digits an hour.
const wide = (_, labels) => Math.max(44, 18 + 8 * Math.max(0, ...(labels ?? []).map((label) => label.length)));
const nameOf = (channel) => t.channels[channel] ?? channel;

let shown = null;        // the last figures
let counted = "turns";
let hour = null;
let days = null;
let drawnFor = "";       // what the hour's chart was made for: its channels, and what is counted

function axes(format, across = {}) {
  const stroke = colour("soft");
  const grid = { stroke: colour("grid"), width: 1 };
  const font = `13px ${getComputedStyle(document.body).fontFamily}`;
  return [
    { stroke, font, grid: { show: false }, ticks: grid, values: format, ...across },
    { stroke, font, grid, ticks: { show: false }, size: wide, incrs: STEPS },
  ];
}

const plain = (id) => ({
  width: byId(id).clientWidth, height: HEIGHT, legend: { show: false }, cursor: { show: false },
  tzDate: (stamp) => uPlot.tzDate(new Date(stamp * 1000), "Asia/Taipei"),
});

const fromZero = { y: { range: (_, low, high) => [0, Math.max(high, 4) * 1.05] } };

function drawHour() {
  const channels = Object.keys(shown.today.by_channel).sort();
  const minutes = shown.minutes;
  const lines = channels.map((channel) => minutes.map((minute) => minute.by_channel[channel]?.[counted] ?? 0));
  const data = [minutes.map((minute) => Date.parse(minute.at) / 1000), ...lines];
  const kind = `${channels} ${counted}`;
  if (hour && drawnFor === kind) hour.setData(data);
  else {
    hour?.destroy();
    drawnFor = kind;
    const series = channels.map((channel, at) => ({ label: nameOf(channel), stroke: colour(`line-${at % 5 + 1}`), width: 2.5, dash: DASHES[at % 5], points: { show: false } }));
    const format = (_, stamps) => stamps.map((stamp) => atMinute(stamp * 1000));
    hour = new uPlot({ ...plain("hour-chart"), scales: fromZero, axes: axes(format), series: [{}, ...series] }, data, byId("hour-chart"));
    byId("hour-legend").replaceChildren(...channels.map((channel, at) => {
      const swatch = make("span", { class: "swatch line" });
      swatch.style.borderTopStyle = ["solid", "dashed", "dotted", "dashed", "dashed"][at % 5];
      swatch.style.borderTopColor = `var(--line-${at % 5 + 1})`;
      return make("li", {}, swatch, nameOf(channel));
    }));
  }
  if (byId("hour-table").closest("details").open) tellHour(channels);
}

function tellHour(channels) {
  const rows = [...shown.minutes].reverse().map((minute) =>
    [atMinute(minute.at), number(minute[counted]), ...channels.map((channel) => number(minute.by_channel[channel]?.[counted] ?? 0))]);
  fillTable(byId("hour-table"), [t.time, t.total, ...channels.map(nameOf)], rows);
}

function drawDays() {
  const now = hourNow();
  const today = shown.today.hours.map((count, at) => (at > now ? null : count));
  const data = [today.map((_, at) => at), today, shown.yesterday.hours];
  if (days) days.setData(data);
  else {
    const format = (_, hours) => hours.map((at) => (Number.isInteger(at) && at >= 0 && at < 24 ? String(at).padStart(2, "0") : ""));
    days = new uPlot({
      ...plain("days-chart"), axes: axes(format, { incrs: [1, 3, 6], space: 34 }),
      scales: { x: { time: false, range: [-0.6, 23.6] }, ...fromZero },
      series: [{},
        { label: t.today, fill: colour("line-1"), stroke: colour("line-1"), width: 0, paths: uPlot.paths.bars({ size: [0.62] }), points: { show: false } },
        { label: t.yesterday, stroke: colour("line-2"), width: 2.5, dash: [7, 4], points: { show: false } }],
    }, data, byId("days-chart"));
  }
  const rows = shown.yesterday.hours.map((count, at) =>
    [`${String(at).padStart(2, "0")}–${String(at + 1).padStart(2, "0")}`, at > now ? t.still_to_come : number(shown.today.hours[at]), number(count)]);
  if (byId("days-table").closest("details").open) fillTable(byId("days-table"), [t.hour, t.today, t.yesterday], rows);
}

const hourNow = () => Number(atMinute(shown.now).slice(0, 2));

export function drawCharts(figures) {
  shown = figures;
  drawHour();
  drawDays();
}

function anew() {
  if (!shown) return;
  hour?.destroy();
  days?.destroy();
  hour = days = null;
  drawCharts(shown);
}

onTheme(anew);
onChoice("counted", (value) => { counted = value; if (shown) drawHour(); });
for (const table of ["hour-table", "days-table"]) {
  byId(table).closest("details").addEventListener("toggle", () => { if (shown) drawCharts(shown); });
}
new ResizeObserver(() => {
  hour?.setSize({ width: byId("hour-chart").clientWidth, height: HEIGHT });
  days?.setSize({ width: byId("days-chart").clientWidth, height: HEIGHT });
}).observe(byId("hour-chart"));
