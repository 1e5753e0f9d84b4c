// The table of verdicts, and the file with them.

import { write } from "./csv.js";
import { count, element, find, percent, plural } from "./dom.js";

/** Rows that are shown; the rest is in the download. */
const shownRows = 200;

/** Letters of a review that its row shows. */
const shownLetters = 300;

/** Verdicts as they arrive. */
export class Results {
  #showReview;
  #texts = [];
  #verdicts = [];
  #counts = new Map();

  constructor(showReview) {
    this.#showReview = showReview;
  }

  get length() {
    return this.#verdicts.length;
  }

  /** Label and probability of a row; empty where there is none. */
  cellsOf(row) {
    const { label = "", probability } = this.#verdicts[row] ?? {};
    return [label, probability === undefined ? "" : probability.toFixed(6)];
  }

  /** Begins with an empty table. */
  start(texts) {
    this.clear();
    this.#texts = texts;
  }

  clear() {
    this.#verdicts = [];
    this.#counts = new Map();
    find("rows").replaceChildren();
    find("results").hidden = true;
  }

  /** Appends the verdicts on the next texts. */
  add(verdicts) {
    const from = this.#verdicts.length;
    this.#verdicts.push(...verdicts);
    for (const { label } of verdicts) {
      this.#counts.set(label, (this.#counts.get(label) ?? 0) + 1);
    }
    const shown = verdicts.slice(0, Math.max(0, shownRows - from));
    find("rows").append(...shown.map((verdict, i) => this.#row(from + i, verdict)));
    find("results").hidden = false;
    this.#summarize(Object.keys(verdicts[0].probabilities ?? {}));
  }

  #row(index, { label, probability, probabilities, tooLong }) {
    const text = this.#texts[index];
    const side = sideOf(label, Object.keys(probabilities ?? {}));
    return element("tr", {},
      element("td", {}, count(index + 1)),
      element("td", {}, tooLong ? "too long" : element("span", { className: "chip", "data-side": side }, label)),
      element("td", {}, tooLong ? "" : percent(probability)),
      element("td", {}, element("button", { type: "button", title: "Show word by word", onclick: () => this.#showReview(text) },
        text.slice(0, shownLetters) || "(empty)")));
  }

  #summarize(labels) {
    const sorted = [...this.#counts].filter(([label]) => label).toSorted((a, b) => b[1] - a[1]);
    find("shares").replaceChildren(...sorted.map(([label, number]) => element("p", {
      "--share": number / this.#verdicts.length, "data-side": sideOf(label, labels),
    }, element("b", {}, count(number)), ` ${label}`)));
    if (labels.length) {
      find("probability-title").textContent = labels.length === 2 ? `P(${labels[1]})` : "Probability";
    }
    find("more").textContent = this.length > shownRows
      ? `The first ${shownRows} of ${plural(this.length, "row")}; the download has all of them.`
      : "";
  }
}

// Of two labels the first is the one that the probability speaks against.
const sideOf = (label, labels) => labels.length === 2 && label === labels[0] ? "against" : "for";

/** Hands out the file again, with the columns `label` and `probability` after its own. */
export function download(table, results) {
  const [header, rows] = table.hasHeader ? [table.rows[0], table.rows.slice(1)] : [null, table.rows];
  const wide = row => [...row, ...Array(table.width - row.length).fill("")];
  const lines = rows.map((row, i) => [...wide(row), ...results.cellsOf(i)]);
  const names = header ? [[...wide(header).map(renamed), "label", "probability"]] : [];
  const file = new Blob([write([...names, ...lines], table.delimiter, table.newline)], { type: "text/csv" });
  const link = element("a", { href: URL.createObjectURL(file), download: table.name.replace(/(\.\w+)?$/, ".verdicts$1") });
  link.click();
  URL.revokeObjectURL(link.href);
}

// As the command line does: a column of the input never passes for a verdict.
const renamed = name => ["label", "probability"].includes(name) ? `input_${name}` : name;
