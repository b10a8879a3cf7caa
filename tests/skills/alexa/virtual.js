// A session of npm's virtual-alexa with the skill: node virtual.js MODEL URL LOCALE, utterances on stdin.
// A line of JSON for each answer: what is said, and whether the session ends.
const path = require("path");
const fs = require("fs");
const { VirtualAlexa } = require(path.join(process.env.NODE_MODULES, "virtual-alexa"));

async function main(model, url, locale) {
  const said = fs.readFileSync(0, "utf8").split("\n").filter(Boolean);
  const alexa = VirtualAlexa.Builder().skillURL(url).interactionModelFile(model).locale(locale).create();
  const answers = [await alexa.launch()];
  for (const words of said) answers.push(await alexa.utter(words));
  for (const answer of answers) {
    const { outputSpeech, shouldEndSession } = answer.response;
    console.log(JSON.stringify({ said: outputSpeech.ssml, ends: shouldEndSession }));
  }
}

main(...process.argv.slice(2)).catch((problem) => { console.error(problem); process.exit(1); });
