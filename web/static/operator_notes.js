// How many of the pharmacies' notes are read, and the words that are not known: fetched when the
// feed moved on to another hour, since notes change once a day.
import { byId, fill, fillFacts, fillTable, make, number, percent, routes, t } from "./operator_words.js";

const HOUR = "2020-03-03T11".length;  // of a time of the feed

let hour = "";

/** Fetch and show them where those in hand are of another hour than `time`. */
export async function renewNotes(time) {
  if (!time || time.slice(0, HOUR) === hour) return;
  try {
    const answer = await fetch(routes.notes);
    if (!answer.ok) return;  // the next question of the page asks again
    show(await answer.json());
    hour = time.slice(0, HOUR);
  } catch {
    // the page says by itself that the connection is lost
  }
}

function show({ notes, read, today, unread }) {
  const share = (some) => fill(t.of_notes, { count: number(some), share: percent(some, notes).replace(" ", "\u00a0") });
  const facts = notes
    ? [[t.notes_listed, number(notes)], [t.notes_read, share(read)], [t.notes_today, share(today)]]
    : [[t.notes_listed, t.no_notes]];
  fillFacts(byId("notes-facts"), facts);
  if (unread.length) fillTable(byId("unread-table"), [t.word, t.times], unread.map(([word, times]) => [word, number(times)]));
  else byId("unread-table").replaceChildren(make("caption", { class: "words" }, t.no_unread));
}
