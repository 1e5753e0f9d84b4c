// Reads ONNX' TensorProto, as far as test data sets use it; written from the protobuf encoding, for Node and browsers.
//   field 1: dims (varint, packed or not)   field 2: data_type (1 float, 7 int64)   field 9: raw_data (bytes)

const FLOAT = 1, INT64 = 7;

export function parseTensor(bytes) {
  const tensor = { dims: [], type: 0, raw: null };
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error("the tensor is cut off");
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(value);
    }
  };
  while (at < bytes.length) {
    const tag = varint(), field = tag >> 3, wire = tag & 7;
    if (wire === 0) {
      const value = varint();
      if (field === 1) tensor.dims.push(value);
      if (field === 2) tensor.type = value;
    } else if (wire === 2) {
      const end = varint() + at;
      if (end > bytes.length) throw new Error("the tensor is cut off");
      if (field === 1) { while (at < end) tensor.dims.push(varint()); }
      if (field === 9) tensor.raw = bytes.slice(at, end);
      at = end;
    } else {
      throw new Error(`wire type ${wire} in a tensor`);
    }
  }
  return { dims: tensor.dims, type: tensor.type, data: values(tensor) };
}

function values({ type, raw, dims }) {
  if (!raw) throw new Error("a tensor without raw_data");
  const data = type === FLOAT ? new Float32Array(raw.buffer) : type === INT64 ? new BigInt64Array(raw.buffer) : null;
  if (!data) throw new Error(`element type ${type}, expected ${FLOAT} or ${INT64}`);
  if (data.length !== dims.reduce((a, b) => a * b, 1)) throw new Error(`${data.length} values for [${dims}]`);
  return data;
}
