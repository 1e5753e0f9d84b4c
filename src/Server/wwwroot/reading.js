// One review: sends what is typed, and shows verdict and weights. Whatever is under way for an older text is aborted.

import { ask, patiently, pause, sentenceOf } from "./api.js";
import { examples } from "./examples.js";
import { element, find, plural } from "./dom.js";
import { Highlighter } from "./highlight.js";
import { hideVerdict, showVerdict } from "./verdict.js";
import { hideWords, showWords } from "./words.js";

// A verdict costs the server about a millisecond, the weights as much as hundreds of verdicts: they wait until the writer does.
const verdictAfter = 120;
const weightsAfter = 400;

const announceAfter = 900;

/** Starts the part; `modelOf()` names the model to ask. */
export function startReading(modelOf) {
  const review = find("review");
  const highlighter = new Highlighter(find("mirror"), review);
  let underWay = new AbortController();

  function onInput() {
    underWay.abort();
    underWay = new AbortController();
    const text = review.value;
    highlighter.follow(text);
    describe(text);
    if (text.trim()) {
      read(text, underWay.signal);
    } else {
      forget();
    }
  }

  async function read(text, signal) {
    try {
      await pause(verdictAfter, signal);
      const verdict = await askAbout({ text }, signal);
      showVerdict(verdict);
      await pause(weightsAfter, signal);
      const explained = await askAbout({ text, explain: true }, signal);
      highlighter.paint(text, explained.tokens);
      showWords(text, explained, select);
      await pause(announceAfter - weightsAfter, signal);
      announce(verdict);
    } catch (error) {
      if (!signal.aborted) {
        problem(sentenceOf(error));
      }
    }
  }

  async function askAbout(body, signal) {
    const answer = await patiently(
      () => ask("sentiment", { body: { ...body, model: modelOf() }, signal }), signal, (error, wait) => problem(sentenceOf(error, wait)));
    signal.throwIfAborted();
    problem("");
    return answer;
  }

  function forget() {
    problem("");
    hideVerdict();
    hideWords();
    highlighter.paint("", []);
  }

  function select(start, length) {
    review.focus();
    review.setSelectionRange(start, start + length);
  }

  function show(text) {
    review.value = text;
    onInput();
    review.scrollIntoView({ block: "nearest" });
  }

  review.addEventListener("input", onInput);
  document.addEventListener("keychanged", onInput);
  startClearing(review, show);
  const next = startExamples(show);
  onInput();
  return { show, next, refresh: onInput };
}

function startClearing(review, show) {
  find("clear").addEventListener("click", () => {
    show("");
    review.focus();
  });
}

/** Lists the examples; returns what shows one after the other. */
function startExamples(show) {
  let position = 0;
  find("examples").append(...examples.map(({ title, text }) =>
    element("button", { type: "button", className: "quiet", onclick: () => show(text) }, title)));
  return () => show(examples[position++ % examples.length].text);
}

function describe(text) {
  const words = text.match(/[\p{L}\p{N}'’]+/gu)?.length ?? 0;
  find("length").textContent = words ? plural(words, "word") : "";
  find("clear").hidden = !text;
}

function problem(sentence) {
  find("problem").textContent = sentence;
}

// The verdict changes with every letter; a screen reader hears it when the writer rests.
function announce({ label, probabilities }) {
  find("announcement").textContent = `${label}, ${Math.round(probabilities[label] * 100)} percent`;
}
