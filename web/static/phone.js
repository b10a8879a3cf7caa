// The browser phone: says a turn to POST /phone, writes and speaks the reply. All rules of the
// conversation live in the service; here is only what a telephone does.
"use strict";

const phone = document.getElementById("phone");
const byId = (id) => document.getElementById(id);
const captions = byId("captions");
const says = phone.dataset;

let state = "";        // signed by the service; "" before the call
let onTheLine = false;
let line = Promise.resolve();  // turns go one after the other, none is lost
let call = "";         // names this call, so that answers to an earlier one are dropped
let waitsFor = 1;      // keys of an answer: 1, or 3 for a postal code
let pressed = "";
let pause = 0;

function write(who, text, locale = says.lang) {
  const said = document.createElement("p");
  said.className = who;
  said.lang = locale;
  const name = document.createElement("b");
  name.lang = says.lang;
  name.textContent = says[who];
  said.append(name, text);
  captions.append(said);
  captions.scrollTop = captions.scrollHeight;
}

function show(status) { byId("status").textContent = status; }

function hook(up) {
  onTheLine = up;
  byId("call").disabled = up;
  byId("hang-up").disabled = !up;
  for (const key of document.querySelectorAll(".key")) key.disabled = !up;
  show(up ? says.connected : says.ended);
}

function speak(text, locale, slow) {
  if (!byId("voice").checked || !window.speechSynthesis) return;
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = locale;
  words.rate = slow ? 0.7 : 0.95;
  const voice = speechSynthesis.getVoices().find((each) => each.lang.replace("_", "-") === locale);
  if (voice) words.voice = voice;
  speechSynthesis.speak(words);
}

function say(turn) {
  const mine = call;
  line = line.then(() => { if (onTheLine && mine === call) return exchange(turn, mine); });
}

class Refused extends Error {}

/** What the server says of a turn that it did not take: too long, too fast, too many at once. */
async function sentenceOf(answer) {
  const type = answer.headers.get("Content-Type") ?? "";
  if (type.includes("json")) return (await answer.json()).detail;
  return type.startsWith("text/plain") ? answer.text() : "";
}

async function exchange({ words, ...turn }, mine) {
  if (window.speechSynthesis) speechSynthesis.cancel();
  try {
    const answer = await fetch(`/phone?lang=${says.lang}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ state, number: byId("number").value, lang: says.lang, ...turn }),
    });
    if (!answer.ok) throw new Refused(await sentenceOf(answer));
    const reply = await answer.json();
    if (!onTheLine || mine !== call) return;  // hung up meanwhile
    state = reply.state;
    waitsFor = reply.digits;
    write("line", reply.text, reply.locale);
    speak(reply.text, reply.locale, reply.slow);
    show(says.connected);
    if (!reply.listens) end();
  } catch (fault) {
    if (mine !== call || !onTheLine) return;
    show((fault instanceof Refused && fault.message) || says.lost);
    if (!byId("heard").value) byId("heard").value = words ?? turn.heard ?? "";
  }
}

/** What the recogniser makes of `words`: themselves, or what the test caller chose. */
function taken(words) {
  const ear = document.querySelector("input[name=ear]:checked").value;
  if (ear === "nothing") return "";
  return ear === "misheard" && words ? byId("misheard").value.trim() : words;
}

/** The caller's words as she reads them, with what was heard where that is something else. */
function captioned(words, heard) {
  const shown = words || says.silent;
  return heard === words ? shown : `${shown}\n${says.taken.replace("{words}", heard || says.silent)}`;
}

function dial(turn = {}, words = "") {
  state = "";
  call = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
  captions.replaceChildren();
  const pressedCall = document.activeElement === byId("call");
  hook(true);
  if (pressedCall) captions.focus();  // that button is disabled now; digits typed here are keys
  if (words) write("you", captioned(words, turn.heard ?? ""));
  say(turn);
}

function end() {
  clearTimeout(pause);
  pressed = "";
  const left = document.activeElement;
  hook(false);
  if (left === document.body || left.disabled) byId("call").focus();
}

function hangUp() {
  if (window.speechSynthesis) speechSynthesis.cancel();
  end();
  byId("call").focus();
}

const LOW = { 1: 697, 2: 697, 3: 697, 4: 770, 5: 770, 6: 770, 7: 852, 8: 852, 9: 852, "*": 941, 0: 941, "#": 941 };
const HIGH = { 1: 1209, 4: 1209, 7: 1209, "*": 1209, 2: 1336, 5: 1336, 8: 1336, 0: 1336, 3: 1477, 6: 1477, 9: 1477, "#": 1477 };
let sound = null;

function tone(key) {
  const Context = window.AudioContext || window.webkitAudioContext;
  if (!Context) return;
  sound ||= new Context();
  const volume = sound.createGain();
  volume.gain.value = 0.08;
  volume.connect(sound.destination);
  for (const pitch of [LOW[key], HIGH[key]]) {
    const wave = sound.createOscillator();
    wave.frequency.value = pitch;
    wave.connect(volume);
    wave.start();
    wave.stop(sound.currentTime + 0.15);
  }
}

function press(key) {
  if (!onTheLine) return;
  tone(key);
  pressed += key;
  clearTimeout(pause);
  const alone = pressed.length === 1 && (waitsFor === 1 || "*#09".includes(key));
  if (alone || pressed.length >= waitsFor) sendKeys();
  else pause = setTimeout(sendKeys, 2500);
}

function sendKeys() {
  const keys = pressed;
  pressed = "";
  if (!keys) return;
  write("you", keys);
  say({ keys });
}

for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
byId("call").addEventListener("click", () => dial());
byId("hang-up").addEventListener("click", hangUp);
for (const key of document.querySelectorAll(".key")) {
  key.addEventListener("click", () => press(key.dataset.key));
}
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement;
  if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && event.key in LOW) press(event.key);
});
byId("words").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = byId("heard").value.trim();
  const heard = taken(words);
  byId("heard").value = "";
  if (!onTheLine) { dial(heard ? { heard } : {}, words); return; }
  write("you", captioned(words, heard));  // sent empty: a caller who says nothing
  say({ heard, words });
});

const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition;
if (Recognition) {
  const button = byId("speak");
  button.hidden = false;
  button.addEventListener("click", () => {
    if (!onTheLine) { dial(); return; }
    if (window.speechSynthesis) speechSynthesis.cancel();
    const ear = new Recognition();
    ear.lang = says.lang;
    ear.onresult = (event) => {
      const best = event.results[0][0];
      byId("recognised").textContent = best.transcript;
      byId("sure").textContent = `${Math.round(best.confidence * 100)} %`;
      show(says.connected);
      const heard = taken(best.transcript);
      write("you", captioned(best.transcript, heard));
      say({ heard, words: best.transcript });
    };
    ear.onerror = (event) => {
      show(says.unheard);
      if (event.error === "no-speech") say({});
    };
    show(says.listening);
    ear.start();
  });
}
