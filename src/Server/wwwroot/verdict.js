// The verdict: the label in large letters, and the probabilities.

import { element, find, percent } from "./dom.js";

/** Labels that are listed without asking. */
const listedLabels = 6;

/** Shows an answer of the server. */
export function showVerdict({ label, probabilities }) {
  const shares = Object.entries(probabilities);
  find("nothing").hidden = true;
  find("answer").hidden = false;
  find("label").textContent = label;
  find("label").dataset.side = shares.length === 2 && label === shares[0][0] ? "against" : "for";
  find("probabilities").replaceChildren(...shares.length === 2 ? scale(shares) : bars(shares));
}

/** Shows that there is nothing to judge. */
export function hideVerdict() {
  find("nothing").hidden = false;
  find("answer").hidden = true;
  find("announcement").textContent = "";
}

// Two labels are the two ends of one scale.
function scale([[first, firstShare], [second, secondShare]]) {
  return [
    element("div", {
      className: "scale", role: "meter", ariaLabel: `Probability of ${second}`, ariaValueMin: 0, ariaValueMax: 100,
      ariaValueNow: Math.round(secondShare * 100), ariaValueText: percent(secondShare), "--share": secondShare,
      "data-side": secondShare < 0.5 ? "against" : "for",
    }, element("span", { className: "fill" }), element("span", { className: "middle" })),
    element("p", { className: "ends" }, end(first, firstShare), end(second, secondShare)),
  ];
}

const end = (label, share) => element("span", {}, label, " ", element("b", {}, percent(share)));

function bars(shares) {
  const sorted = shares.toSorted(([, a], [, b]) => b - a);
  const rest = sorted.slice(listedLabels);
  const list = part => element("ol", { className: "bars" }, ...part.map(bar));
  return rest.length
    ? [list(sorted.slice(0, listedLabels)), element("details", {}, element("summary", {}, `${rest.length} more`), list(rest))]
    : [list(sorted)];
}

function bar([label, share]) {
  const track = element("span", {
    className: "track", role: "meter", ariaLabel: `Probability of ${label}`, ariaValueMin: 0, ariaValueMax: 100,
    ariaValueNow: Math.round(share * 100), ariaValueText: percent(share), "--share": share,
  });
  return element("li", {}, element("span", {}, label), element("b", {}, percent(share)), track);
}
