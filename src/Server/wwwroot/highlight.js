// Draws each word's weight under the text field: a mirror of the same letters, invisible but for its marks.

import { element, find } from "./dom.js";

const levels = 5;

/** A weight of this many nats or more is drawn in full, whatever else is in the text. */
const fullWeight = 0.5;

export class Highlighter {
  #mirror;
  #text = "";
  #tokens = [];

  constructor(mirror, field) {
    this.#mirror = mirror;
    field.addEventListener("pointermove", event => field.title = this.#titleAt(event.clientX, event.clientY));
  }

  /** Draws the weights of a text's tokens. */
  paint(text, tokens) {
    this.#text = text;
    this.#tokens = tokens;
    this.#draw();
    find("legend").hidden = tokens.length === 0;
  }

  /** Moves the marks with the words of an edited text, until new weights come; the words that the edit touches lose theirs. */
  follow(text) {
    const [prefix, suffix] = unchanged(this.#text, text);
    const moved = text.length - this.#text.length;
    const tail = this.#text.length - suffix;
    this.#tokens = this.#tokens.flatMap(token =>
      token.start + token.length < prefix ? [token]
        : token.start > tail ? [{ ...token, start: token.start + moved }]
          : []);
    this.#text = text;
    this.#draw();
  }

  #draw() {
    const scale = Math.max(fullWeight, ...this.#tokens.map(token => Math.abs(token.weight)));
    const unread = this.#unreadLength();
    const parts = unread ? [element("span", { className: "unread" }, this.#text.slice(0, unread))] : [];
    let end = unread;
    for (const token of this.#tokens) {
      parts.push(this.#text.slice(end, token.start), this.#mark(token, scale));
      end = token.start + token.length;
    }
    // A last line that is empty has no height without something in it.
    parts.push(this.#text.slice(end), "\u200b");
    this.#mirror.replaceChildren(...parts);
    find("legend-unread").hidden = !unread;
  }

  #mark({ start, length, weight, known }, scale) {
    const word = this.#text.slice(start, start + length);
    const level = Math.round(levels * Math.abs(weight) / scale);
    return element("mark", {
      "data-side": weight > 0 ? "for" : "against",
      "data-level": level,
      "data-title": `${word} ${signed(weight)}${known ? "" : ", a word the model does not know"}`,
    }, word);
  }

  // What stands before the first token has words as well only where the model has left them out.
  #unreadLength() {
    const start = this.#tokens[0]?.start ?? 0;
    return /[\p{L}\p{N}]/u.test(this.#text.slice(0, start)) ? start : 0;
  }

  #titleAt(x, y) {
    return document.elementsFromPoint(x, y).find(under => under.matches("mark"))?.dataset.title ?? "";
  }
}

/** "+1.31", "−0.42". */
export const signed = weight => `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(2)}`;

/** How many letters at the beginning and at the end two texts have in common; never the same letter twice. */
function unchanged(before, after) {
  const most = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < most && before[prefix] === after[prefix]) {
    prefix++;
  }
  let suffix = 0;
  while (suffix < most - prefix && before.at(-1 - suffix) === after.at(-1 - suffix)) {
    suffix++;
  }
  return [prefix, suffix];
}
