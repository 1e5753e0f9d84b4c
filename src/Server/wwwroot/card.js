// The model card: what the model's file says about itself.

import { sentenceOf } from "./api.js";
import { count, element, find, percent } from "./dom.js";

/** Labels that are listed one by one. */
const listedLabels = 8;

/** Shows a model, or why none can be shown. */
export function showCard(model, error) {
  find("card").replaceChildren(...(model ? entries(model) : [["Model", sentenceOf(error)]]).flatMap(([name, value]) =>
    [element("dt", {}, name), element("dd", {}, value)]));
}

function entries({ name, versions, parameters }) {
  const { labels, maximum_length: maximumLength, vocabulary_size: vocabularySize, precision, device, metrics, verified, verification } = parameters;
  return [
    ["Model", `${name}, version ${versions.join(", ")}`],
    ["Labels", listed(labels)],
    ["Reads", `the last ${count(maximumLength)} words of a text; knows ${count(vocabularySize)}`],
    ["Computes in", `${precision}, on ${device}`],
    ["Verified", verified ? `yes: ${verification}` : `no, served without verification: ${verification}`],
    ...Object.entries(metrics).toSorted(testFirst).map(([metric, value]) => [readable(metric), figure(metric, value)]),
  ];
}

const listed = labels =>
  labels.slice(0, listedLabels).join(", ") + (labels.length > listedLabels ? ` and ${labels.length - listedLabels} more` : "");

const testFirst = ([a], [b]) => b.startsWith("test") - a.startsWith("test");

// "test_accuracy" → "Test accuracy".
const readable = name => (name[0].toUpperCase() + name.slice(1)).replaceAll("_", " ");

const figure = (name, value) =>
  name.endsWith("accuracy") ? percent(value) : Number.isInteger(value) ? count(value) : value.toFixed(3);
