import { ask, patiently, sentenceOf } from "./api.js";

/** Texts of a request at most; the server computes them as one batch, and the bar moves with each. */
const portionTexts = 64;

/** Letters of a request at most, so that its body stays far below what the server reads. */
const portionLength = 500_000;

/** The verdicts on many texts, request by request, in the order of the texts. */
export class Portions {
  #texts;
  #model;
  #signal;
  #onWait;
  #started = performance.now();

  /** `onWait(sentence)` hears why nothing moves. */
  constructor(texts, model, signal, onWait) {
    this.#texts = texts;
    this.#model = model;
    this.#signal = signal;
    this.#onWait = onWait;
  }

  async* [Symbol.asyncIterator]() {
    for (let start = 0; start < this.#texts.length;) {
      const portion = this.#portionFrom(start);
      yield await this.#classify(portion);
      this.#signal.throwIfAborted();
      start += portion.length;
    }
  }

  /** Whole seconds until the end, as fast as it went so far. */
  secondsLeft(made) {
    return Math.ceil((performance.now() - this.#started) / 1000 / made * (this.#texts.length - made));
  }

  #portionFrom(start) {
    let end = start;
    let length = 0;
    const fits = text => end === start || length + text.length <= portionLength;
    while (end < this.#texts.length && end - start < portionTexts && fits(this.#texts[end])) {
      length += this.#texts[end++].length;
    }
    return this.#texts.slice(start, end);
  }

  // A server may be told to read less: then halves of the portion, down to the one text that is too long.
  async #classify(texts) {
    try {
      const request = { body: { texts, model: this.#model }, signal: this.#signal };
      const tell = (error, wait) => this.#onWait(sentenceOf(error, wait));
      return (await patiently(() => ask("sentiment", request), this.#signal, tell)).results;
    } catch (error) {
      if (error.status !== 413) {
        throw error;
      }
      const half = texts.length >> 1;
      return half === 0
        ? [{ label: "", tooLong: true }]
        : [...await this.#classify(texts.slice(0, half)), ...await this.#classify(texts.slice(half))];
    }
  }
}
