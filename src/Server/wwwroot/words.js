// The words that decide: the strongest of either side, as text, for those who do not see the colours as well.

import { element, find } from "./dom.js";
import { signed } from "./highlight.js";

const listedWords = 5;

// Weaker ones are noise.
const leastWeight = 0.05;

/** Shows the strongest words; `select(start, length)` shows one of them in the text. */
export function showWords(text, { label, probabilities, tokens }, select) {
  const labels = Object.keys(probabilities);
  const [against, target] = labels.length === 2 ? [`for ${labels[0]}`, labels[1]] : [`against ${label}`, label];
  const strongest = sign => unrepeated(text, tokens
    .filter(token => sign * token.weight > leastWeight)
    .toSorted((a, b) => sign * (b.weight - a.weight)))
    .slice(0, listedWords);
  find("legend-for").textContent = target;
  find("legend-against").replaceChildren(...emphasizeLast(against));
  find("words").hidden = false;
  find("words").replaceChildren(
    side("for", `For ${target}`, strongest(1), text, select),
    side("against", capitalized(against), strongest(-1), text, select),
    element("p", { className: "note" }, `How far the log-odds of ${target} fall when the word is left out.`));
}

/** Shows none. */
export function hideWords() {
  find("words").hidden = true;
}

function side(name, title, tokens, text, select) {
  const rows = tokens.map(token => wordRow(token, text, select));
  return element("section", { className: "side", "data-side": name },
    element("h2", {}, title),
    rows.length ? element("ul", {}, ...rows) : element("p", { className: "note" }, "No word of weight."));
}

function wordRow({ start, length, weight, known }, text, select) {
  const word = text.slice(start, start + length);
  const title = known ? "Show in the text" : "A word that the model does not know; show in the text";
  return element("li", {}, element("button", { type: "button", title, onclick: () => select(start, length) },
    element("span", { className: known ? "" : "unknown" }, word),
    element("span", { className: "weight" }, signed(weight))));
}

/** Of each word the first, whatever its case. */
function unrepeated(text, tokens) {
  const words = new Map();
  for (const token of tokens) {
    const word = text.slice(token.start, token.start + token.length).toLowerCase();
    words.set(word, words.get(word) ?? token);
  }
  return [...words.values()];
}

const capitalized = text => text[0].toUpperCase() + text.slice(1);

function emphasizeLast(phrase) {
  const space = phrase.indexOf(" ") + 1;
  return [phrase.slice(0, space), element("b", {}, phrase.slice(space))];
}
