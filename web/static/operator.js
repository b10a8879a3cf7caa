// The operator's page: asks for the figures every three seconds and shows them. A lost connection
// is said at once and in large letters, and forgotten when the figures come again.
import { drawCharts } from "./operator_charts.js";
import { renewNotes } from "./operator_notes.js";
import { renewStock } from "./operator_stock.js";
import { atDay, atSecond, byId, duration, fill, fillFacts, fillTable, lang, make, number, percent, routes, t } from "./operator_words.js";

const EVERY = 3000;       // milliseconds between two questions
const PATIENCE = 8000;    // after these a question is given up
const SHOWN_OUTCOMES = 12;
const SHOWN_DISTRICTS = 8;

let asking = false;
let timer = 0;

function setState(state) {
  const banner = byId("state");
  if (banner.dataset.state === state && byId("state-word").textContent === t.states[state]) return;  // said once
  banner.dataset.state = state;
  byId("state-word").textContent = t.states[state];
  byId("state-reason").textContent = t.reasons[state];
  byId("log-in-again").hidden = state !== "ended";
  document.title = `${t.states[state]} · ${t.title}`;
  document.body.classList.toggle("lost", state === "lost" || state === "ended");
}

/** `figure` may end in a unit, which is set smaller: 15 秒, 2 min ago. */
function tile(name, figure, note) {
  const [value, beneath] = byId(`tile-${name}`).querySelectorAll("dd");
  const [, digits, unit] = figure.match(/^(.*\d) (\p{L}[\p{L} ]*)$/u) ?? [null, figure, ""];
  value.replaceChildren(digits, ...(unit ? [make("small", {}, unit)] : []));
  beneath.textContent = note;
}

function showTiles({ today, yesterday, minutes, feed }) {
  const before = (value, whole) => (whole ? fill(t.same_time_yesterday, { value }) : t.no_yesterday);
  const lately = minutes.slice(-6, -1);  // the minute that runs is not over
  const rate = lately.reduce((sum, minute) => sum + minute.turns, 0) / Math.max(lately.length, 1);
  const first = today.first_count_seconds;
  const speed = today.turn_ms;
  const rough = (value) => number(Number(value.toFixed(value < 10 ? 1 : 0)));
  tile("calls_today", number(today.calls), before(number(yesterday.calls), yesterday.turns));
  tile("turns_now", `${rough(rate)} ${t.turns_unit}`, fill(t.of_turns, { count: number(today.turns) }));
  tile("first_count", first.count ? `≤ ${duration(first.median)}` : "–", first.count ? fill(t.slowest_tenth, { value: duration(first.p90) }) : t.nothing_yet);
  tile("unheard", percent(today.unheard, today.turns), before(percent(yesterday.unheard, yesterday.turns), yesterday.turns));
  tile("unsure", percent(today.unsure, today.turns), before(percent(yesterday.unsure, yesterday.turns), yesterday.turns));
  const inMs = (value) => fill(t.milliseconds, { n: rough(value) });
  tile("turn_time", speed.median !== null ? `≤ ${inMs(speed.median)}` : "–", speed.median !== null ? fill(t.slowest_hundredth, { value: inMs(speed.p99) }) : t.nothing_yet);
  const known = feed.state !== "none";
  tile("feed_age", known ? fill(t.ago, { time: duration(feed.age_seconds) }) : "–", known ? fill(t.pharmacies, { count: number(feed.pharmacies) }) : t.nothing_yet);
}

function showTables({ today, misheard_districts: misheard }) {
  const outcomes = Object.entries(today.outcomes).sort((a, b) => b[1] - a[1]).slice(0, SHOWN_OUTCOMES);
  fillTable(byId("outcomes-table"), [t.outcome, t.times, t.share], outcomes.map(([name, times]) => {
    const bar = make("span");
    bar.style.width = `${100 * times / outcomes[0][1]}%`;
    return [t.outcomes[name] ?? name, number(times), make("td", { class: "share" }, bar)];
  }));
  const districts = misheard.slice(0, SHOWN_DISTRICTS);
  if (districts.length) {
    fillTable(byId("misheard-table"), [t.district, t.asked, t.asked_back, t.wrong],
      districts.map((row) => [row.district, number(row.asked), number(row.unsure), number(row.wrong)]));
  } else byId("misheard-table").replaceChildren(make("caption", { class: "words" }, t.no_misheard));
  fillTable(byId("channels-table"), [t.channel, t.calls, t.turns],
    Object.entries(today.by_channel).map(([name, it]) => [t.channels[name] ?? name, number(it.calls), number(it.turns)]));
}

function told(probe) {
  if (!probe) return t.probe_none;
  return fill(probe.well ? t.probe_well : t.probe_badly, { time: duration(probe.age_seconds), why: probe.why });
}

/** Which refusals there were, and how often each. */
function refusals(kinds, names) {
  const some = Object.entries(kinds).filter(([, times]) => times);
  return some.map(([kind, times]) => `${names[kind] ?? kind} ${number(times)}`).join(lang === "en-US" ? ", " : "、") || t.no_refusals;
}

function showFeed({ feed, workers, requests_refused: refused, probe }) {
  const facts = [
    [t.feed_name, t.feeds[feed.name] ?? feed.name ?? "–"],
    [t.source_time, atDay(feed.source_time)],
    [t.refusals, refusals(feed.refusals, t.refusal_kinds)],
    [t.cause, feed.cause || "–"],
    [t.requests_refused, refusals(refused, t.refused_kinds)],
    [t.probe, told(probe)],
  ];
  fillFacts(byId("feed-facts"), facts);
  fillTable(byId("workers-table"), [t.host, t.process, t.since, t.source_time, t.asks],
    workers.map((it) => [it.host, it.pid, atDay(it.since), atDay(it.source_time), it.asks ? t.asks_yes : t.asks_no]));
  const badge = byId("badge");
  badge.hidden = !feed.demo && !feed.recorded;
  badge.textContent = feed.demo ? t.demo : t.recorded;
}

/** Calls by SIP: how long callers wait for a sound, and what they wait for. */
function showSound({ sip }) {
  const inSeconds = (value) => fill(t.seconds, { n: number(value) });
  const waits = (name) => {
    const median = sip[`${name}_median`];
    return median === null ? "–" : `≤ ${inSeconds(median)}${lang === "en-US" ? "; " : "；"}${fill(t.slowest_tenth, { value: inSeconds(sip[`${name}_p90`]) })}`;
  };
  const facts = [
    [t.sound_calls, number(sip.calls_now)],
    [t.sound_first, waits("first_sound")],
    [t.sound_recogniser, waits("recogniser")],
    [t.sound_voice, waits("voice")],
    [t.sound_refused, refusals(sip.refused, t.sound_refused_kinds)],
  ];
  fillFacts(byId("sound-facts"), facts);
}

function show(live) {
  byId("updated").textContent = fill(t.updated, { time: atSecond(live.now) });
  setState(live.state);
  showTiles(live);
  showTables(live);
  showFeed(live);
  showSound(live);
  drawCharts(live);
  renewStock(live.feed.source_time);
  renewNotes(live.feed.source_time);
}

async function figures() {
  try {
    const answer = await fetch(routes.live, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) return await answer.json();
    return { state: answer.status === 401 ? "ended" : "lost" };
  } catch {
    return { state: "lost" };
  }
}

async function ask() {
  if (asking) return;
  asking = true;
  clearTimeout(timer);
  const found = await figures();
  asking = false;
  if (found.now) show(found);
  else setState(found.state);
  if (!document.hidden && found.state !== "ended") timer = setTimeout(ask, EVERY);
}

document.addEventListener("visibilitychange", () => {  // a hidden page asks nothing
  if (document.hidden) clearTimeout(timer);
  else ask();
});
ask();
