"""Writes tests/Onnx.Tests/Fixtures/foreign.onnx: a file with all that this project's exporter never writes.

Usage: /usr/bin/python3 build/outside/foreign_model.py     needs python3-onnx (1.12)

An unknown domain, a function, a graph inside a node, external, sparse and quantized data, training information, an opset
and a version of the format from the future, and in every message fields that no schema knows (numbers from 5000).
"""

import pathlib

import onnx
from onnx import TensorProto, helper

FUTURE_IR, FUTURE_OPSET, UNKNOWN_FIELD = 99, 99, 5000


def varint(value):
    digits = []
    while value > 127:
        digits.append(value & 127 | 128)
        value >>= 7
    return bytes([*digits, value])


def add_unknown(message, text):
    """A field of bytes and a number, behind the known ones: protobuf keeps both, and writes them there again."""
    data = text.encode()
    unknown = varint(UNKNOWN_FIELD << 3 | 2) + varint(len(data)) + data + varint((UNKNOWN_FIELD + 1) << 3) + varint(300)
    message.MergeFromString(unknown)
    return message


def external():
    tensor = TensorProto(name="external", data_type=TensorProto.FLOAT, dims=[1000, 2], data_location=TensorProto.EXTERNAL)
    for key, value in [("location", "weights.bin"), ("offset", "0"), ("length", "8000")]:
        tensor.external_data.add(key=key, value=value)
    return add_unknown(tensor, "tensor")


def sparse():
    values = helper.make_tensor("sparse", TensorProto.FLOAT, [2], [1.0, 2.0])
    return helper.make_sparse_tensor(values, helper.make_tensor("indices", TensorProto.INT64, [2], [3, 7]), [10])


def nodes():
    inner = helper.make_graph([helper.make_node("Identity", ["y"], ["z"])], "inner", [], [])
    attribute = add_unknown(helper.make_attribute("body", inner), "attribute")
    node = helper.make_node("Loop", ["", "", "x"], ["y"], name="loop")
    node.attribute.append(attribute)
    return [
        add_unknown(node, "node"),
        helper.make_node("Mystery", ["y", "external"], ["m"], domain="com.example.future", strength=3),
        helper.make_node("Twice", ["m"], ["out"], domain="com.example.own"),
    ]


def graph():
    value = helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", None])
    add_unknown(value.type.tensor_type.shape.dim[0], "dimension")
    result = helper.make_graph(
        nodes(), "foreign", [add_unknown(value, "input")], [helper.make_tensor_value_info("out", 77, None)],
        initializer=[external()], sparse_initializer=[sparse()])
    result.quantization_annotation.add(tensor_name="x")
    return add_unknown(result, "graph")


def main():
    twice = helper.make_function(
        "com.example.own", "Twice", ["a"], ["b"], [helper.make_node("Add", ["a", "a"], ["b"])], [helper.make_opsetid("", 17)])
    imports = [helper.make_opsetid(domain, version) for domain, version in
               [("", FUTURE_OPSET), ("com.example.future", 7), ("com.example.own", 1)]]
    model = helper.make_model(graph(), functions=[twice], opset_imports=imports, producer_name="elsewhere")
    model.ir_version = FUTURE_IR
    model.training_info.add().algorithm.name = "training"
    helper.set_model_props(model, {"author": "someone else"})
    add_unknown(model, "model")
    path = pathlib.Path(__file__).parents[2] / "tests/Onnx.Tests/Fixtures/foreign.onnx"
    path.write_bytes(model.SerializeToString(deterministic=True))
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
