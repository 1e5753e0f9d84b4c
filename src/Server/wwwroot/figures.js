// Live figures, from the server's /metrics, asked only while somebody sees the page.

import { ask, sentenceOf } from "./api.js";
import { count, element, find } from "./dom.js";

const every = 2_000;

/** How far back the figures look. */
const windowLength = 120_000;

/** The endpoints that compute; polling and the page's own files are no load. */
const computing = /\/(sentiment|infer|ModelInfer)$/;

/** Starts asking. */
export function startFigures() {
  const samples = [];
  let timer;

  async function poll() {
    clearTimeout(timer);
    if (document.hidden) {
      return;
    }
    try {
      samples.push(sampleOf(parse(await ask("metrics")), performance.now()));
      while (samples.length > 2 && samples.at(-1).time - samples[0].time > windowLength) {
        samples.shift();
      }
      show(samples);
    } catch (error) {
      showEntries([["State", sentenceOf(error)]]);
    }
    timer = setTimeout(poll, every);
  }

  document.addEventListener("visibilitychange", poll);
  document.addEventListener("keychanged", poll);
  poll();
}

/** Prometheus' text format: a list of name, labels and value. */
export function parse(text) {
  return [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name, labels = "", value]) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="((?:\\.|[^"\\])*)"/g)].map(([, key, quoted]) => [key, quoted])),
    value: Number(value.replace("Inf", "Infinity")),
  }));
}

/** What the figures are computed from, at one moment: cumulative counts of requests by duration, and what is now. */
export function sampleOf(metrics, time) {
  const sum = (name, isWanted = () => true) =>
    metrics.filter(metric => metric.name === name && isWanted(metric.labels)).reduce((total, { value }) => total + value, 0);
  const durations = "onnx_sentiment_server_request_duration_seconds_bucket";
  const bounds = [...new Set(metrics.filter(metric => metric.name === durations).map(({ labels }) => labels.le))];
  return {
    time,
    buckets: bounds.map(le => [
      Number(le.replace("Inf", "Infinity")), sum(durations, labels => labels.le === le && computing.test(labels.endpoint))]),
    queue: sum("onnx_sentiment_server_queue_length"),
    capacity: sum("onnx_sentiment_server_queue_capacity"),
  };
}

/** The duration in seconds below which a share of the requests between two samples was answered; NaN without requests. */
export function quantile(before, after, share) {
  const counts = after.buckets.map(([bound, total], i) => [bound, total - (before.buckets[i]?.[1] ?? 0)]);
  const wanted = share * (counts.at(-1)?.[1] ?? 0);
  const found = counts.findIndex(([, total]) => total >= wanted && total > 0);
  if (found < 0) {
    return NaN;
  }
  const [lower, below] = counts[found - 1] ?? [0, 0];
  const [upper, total] = counts[found];
  return Number.isFinite(upper) ? lower + (upper - lower) * (wanted - below) / (total - below) : lower;
}

const totalOf = sample => sample.buckets.at(-1)?.[1] ?? 0;

const rate = (before, after) => (totalOf(after) - totalOf(before)) / (after.time - before.time) * 1000;

function show(samples) {
  const [first, last] = [samples[0], samples.at(-1)];
  const previous = samples.at(-2);
  showEntries([
    ["Requests a second", previous ? decimals(rate(previous, last)) : "…"],
    ["Half answered within", milliseconds(quantile(first, last, 0.5))],
    ["99 of 100 within", milliseconds(quantile(first, last, 0.99))],
    ["Texts waiting", `${count(last.queue)} of at most ${count(last.capacity)}`],
  ]);
  draw(samples);
}

function showEntries(entries) {
  find("figures").replaceChildren(...entries.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}

const decimals = value => value.toFixed(value < 10 ? 1 : 0);

function milliseconds(seconds) {
  const value = seconds * 1000;
  return Number.isNaN(value) ? "no request yet" : `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

// Time runs to the right, now is the right edge.
function draw(samples) {
  const last = samples.at(-1).time;
  const rates = samples.slice(1).map((sample, i) => [sample.time, rate(samples[i], sample)]);
  const highest = Math.max(1, ...rates.map(([, value]) => value));
  const x = time => (120 - (last - time) / windowLength * 120).toFixed(2);
  const y = value => (30 - value / highest * 28).toFixed(2);
  const points = rates.map(([time, value]) => `${x(time)},${y(value)}`);
  const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  line.setAttribute("points", points.join(" "));
  find("trace").replaceChildren(line);
}
