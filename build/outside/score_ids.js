// Scores the same ids again and again with onnxruntime-node and default options; tests/Benchmarks asks it to.
//   node score_ids.js MODEL IDS LENGTH     IDS: rows of LENGTH int64, padded with 0
// Each line of the input is a batch size; its answer is a line {"seconds": …, "probabilities": […]} over all rows. Single
// texts stay padded to LENGTH, as tutorials do it, batches are cut to their longest text.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import * as ort from "onnxruntime-node";

const [model, path, columnCount] = process.argv.slice(2);
const LENGTH = Number(columnCount);
const session = await ort.InferenceSession.create(model);
const bytes = readFileSync(path);
const ids = new BigInt64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
const rows = Array.from({ length: ids.length / LENGTH }, (_, row) => ids.subarray(row * LENGTH, (row + 1) * LENGTH));
const lengths = rows.map((row) => (row.indexOf(0n) + LENGTH + 1) % (LENGTH + 1));

async function score(batch) {
  const probabilities = [];
  for (let start = 0; start < rows.length; start += batch) {
    const count = Math.min(batch, rows.length - start);
    const columns = batch === 1 ? LENGTH : Math.max(...lengths.slice(start, start + count));
    const input = new BigInt64Array(count * columns);
    for (let i = 0; i < count; i++) input.set(rows[start + i].subarray(0, columns), i * columns);
    const outputs = await session.run({ input_ids: new ort.Tensor("int64", input, [count, columns]) });
    probabilities.push(...outputs.probability.data);
  }
  return probabilities;
}

for await (const line of createInterface({ input: process.stdin })) {
  const started = process.hrtime.bigint();
  const probabilities = await score(Number(line));
  console.log(JSON.stringify({ seconds: Number(process.hrtime.bigint() - started) / 1e9, probabilities }));
}
