"""The safetensors format in a few lines: 8 bytes length, that much JSON, then the values of all tensors.

Written from the format's description, for comparison: it shares nothing with this project's reader.
"""

import json
import struct

import numpy


def read(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    return {name: _values(data[8 + length:], **entry) for name, entry in header.items()}


def _values(data, dtype, shape, data_offsets):
    if dtype != "F32":
        raise ValueError(f"element type {dtype}, expected F32")
    return numpy.frombuffer(data[slice(*data_offsets)], "<f4").reshape(shape).copy()


def write(path, tensors):
    header, blobs, offset = {}, [], 0
    for name, values in tensors.items():
        blob = numpy.ascontiguousarray(values, "<f4").tobytes()
        header[name] = dict(dtype="F32", shape=list(values.shape), data_offsets=[offset, offset + len(blob)])
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))
