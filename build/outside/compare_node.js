// onnxruntime-node on models and the test data sets beside them.
//   node build/outside/compare_node.js FOLDER...     needs onnxruntime-node (build/install-outside-tools.sh)
// Prints "OK name difference" for each folder, or says what is wrong and exits with 1.
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as ort from "onnxruntime-node";
import { compare } from "./compare.js";

const folders = process.argv.slice(2);
let failed = folders.length === 0 ? 1 : 0;
for (const folder of folders) {
  const read = (path) => readFile(join(folder, path)).then((b) => new Uint8Array(b), () => null);
  try {
    const largest = await compare(ort, read, { logSeverityLevel: 3, intraOpNumThreads: 1 });
    console.log(`OK ${basename(folder)} ${largest.toExponential(2)}`);
  } catch (error) {
    failed++;
    console.error(`FAILED ${basename(folder)}: ${error.message}`);
  }
}
process.exit(failed ? 1 : 0);
