// Runs a model on its test data sets with whichever onnxruntime it is given: the native one, or WebAssembly.
import { parseTensor } from "./tensor.js";

export const TOLERANCE = 1e-5;

/**
 * The largest difference between what the model computes and what is stored beside it; throws where it is too large.
 * read(path) resolves to the bytes of a file of the folder, or to null where there is none.
 */
export async function compare(ort, read, options = {}) {
  const model = await read("model.onnx");
  if (!model) throw new Error("no model.onnx");
  const session = await ort.InferenceSession.create(model, options);
  let largest = 0, sets = 0;
  for (; ; sets++) {
    const input = await read(`test_data_set_${sets}/input_0.pb`);
    if (!input) break;
    const { dims, data } = parseTensor(input);
    const outputs = await session.run({ input_ids: new ort.Tensor("int64", data, dims) });
    for (const [file, name] of [["output_0.pb", "logit"], ["output_1.pb", "probability"]]) {
      const expected = parseTensor(await read(`test_data_set_${sets}/${file}`));
      largest = Math.max(largest, difference(outputs[name], expected));
    }
  }
  await session.release();
  if (sets === 0) throw new Error("no test_data_set_0");
  if (!(largest <= TOLERANCE)) throw new Error(`largest difference ${largest.toExponential(2)}, allowed ${TOLERANCE}`);
  return largest;
}

// NaN stays NaN, which is not within the tolerance.
function difference(actual, expected) {
  if (`${actual.dims}` !== `${expected.dims}`) throw new Error(`shape [${actual.dims}], expected [${expected.dims}]`);
  return expected.data.reduce((largest, value, i) => Math.max(largest, Math.abs(actual.data[i] - value)), 0);
}
