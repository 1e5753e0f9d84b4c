// Times two models by turns on the same random ids, on one thread of onnxruntime-node; see compare-export.sh.
//   node time_models.js OURS THEIRS
import * as ort from "onnxruntime-node";

const TOKENS = 200, VOCABULARY = 10_000, ROUNDS = 41, TOLERANCE = 1e-5;

const load = (path) => ort.InferenceSession.create(path, { intraOpNumThreads: 1, logSeverityLevel: 3 });
const median = (times) => [...times].sort((a, b) => a - b)[times.length >> 1];

// The linear congruential generator of "Numerical Recipes": the same ids in every run.
let state = 1;
const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;

function texts(batch) {
  const ids = BigInt64Array.from({ length: batch * TOKENS }, () => BigInt(3 + Math.floor(random() * (VOCABULARY - 3))));
  return { input_ids: new ort.Tensor("int64", ids, [batch, TOKENS]) };
}

async function timed(session, feeds) {
  const started = process.hrtime.bigint();
  const outputs = await session.run(feeds);
  return [Number(process.hrtime.bigint() - started) / 1e6, outputs.logit.data];
}

const [ours, theirs] = await Promise.all(process.argv.slice(2, 4).map(load));
for (const batch of [1, 8, 32]) {
  const times = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const feeds = texts(batch);
    const [[a, x], [b, y]] = [await timed(ours, feeds), await timed(theirs, feeds)];
    if (!x.every((value, i) => Math.abs(value - y[i]) <= TOLERANCE)) throw new Error("the outputs differ");
    times[0].push(a);
    times[1].push(b);
  }
  const [a, b] = times.map(median);
  console.log(`batch ${batch}: ours ${a.toFixed(2)} ms, PyTorch's export ${b.toFixed(2)} ms, ratio ${(a / b).toFixed(3)}`);
}
