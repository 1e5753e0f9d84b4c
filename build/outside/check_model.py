"""Checks ONNX files with the standard's own checker and shape inference.

Usage: /usr/bin/python3 build/outside/check_model.py FOLDER...     each holds a model.onnx; needs python3-onnx

Prints "OK name valid" for each, or says what is wrong and exits with 1. Beyond the checker, which infers shapes strictly,
the types and shapes that the file states for its values are compared with what inference finds without them.
"""

import pathlib
import sys

import onnx
from onnx import checker, shape_inference


def shape(info):
    """(element type, dimensions): a number, a name, or None for a dimension that is not known."""
    tensor = info.type.tensor_type
    return tensor.elem_type, [getattr(d, d.WhichOneof("value")) if d.WhichOneof("value") else None for d in tensor.shape.dim]


def stated(graph):
    return {info.name: shape(info) for info in [*graph.value_info, *graph.output]}


def without_stated(model):
    bare = onnx.ModelProto()
    bare.CopyFrom(model)
    del bare.graph.value_info[:]
    for output in bare.graph.output:
        output.type.tensor_type.ClearField("shape")
    return bare


def agree(mine, inferred):
    """Names of dimensions are free; a number on both sides has to be the same."""
    (type_1, dims_1), (type_2, dims_2) = mine, inferred
    return type_1 == type_2 and len(dims_1) == len(dims_2) and all(
        a == b for a, b in zip(dims_1, dims_2) if isinstance(a, int) and isinstance(b, int))


def check(path):
    checker.check_model(str(path), full_check=True)
    model = onnx.load(str(path))
    inferred = stated(shape_inference.infer_shapes(
        without_stated(model), check_type=True, strict_mode=True, data_prop=True).graph)
    mine = stated(model.graph)
    if not mine:
        raise ValueError("the file states no types")
    for name, value in mine.items():
        if name not in inferred:
            raise ValueError(f"nothing could be inferred for '{name}'")
        if not agree(value, inferred[name]):
            raise ValueError(f"'{name}' is said to be {value}, but inference finds {inferred[name]}")


def main(folders):
    failed = 0
    for folder in map(pathlib.Path, folders):
        try:
            check(folder / "model.onnx")
            print(f"OK {folder.name} valid")
        except Exception as error:
            failed += 1
            print(f"FAILED {folder.name}: {type(error).__name__}: {error}", file=sys.stderr)
    return 1 if failed or not folders else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
