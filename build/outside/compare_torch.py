"""PyTorch on a checkpoint's weights against the outputs that are stored beside the exported file.

Usage: /usr/bin/python3 build/outside/compare_torch.py FOLDER...     needs python3-torch and python3-onnx

Each folder holds checkpoint/ and test_data_set_*/. Prints "OK name difference" for each, the largest of all values of
both outputs, or says what is wrong and exits with 1.
"""

import pathlib
import sys

import onnx
import torch
from onnx import numpy_helper

import classifier

TOLERANCE = 1e-5


def tensor(path):
    proto = onnx.TensorProto()
    proto.ParseFromString(path.read_bytes())
    return torch.from_numpy(numpy_helper.to_array(proto).copy())


def difference(folder):
    module = classifier.load(folder / "checkpoint")
    data_sets = sorted(folder.glob("test_data_set_*"))
    if not data_sets:
        raise ValueError("no test_data_set_*")
    largest = 0.0
    for data_set in data_sets:
        logits = module(tensor(data_set / "input_0.pb"))
        for actual, file in [(logits, "output_0.pb"), (classifier.probabilities(logits), "output_1.pb")]:
            expected = tensor(data_set / file)
            if actual.shape != expected.shape:
                raise ValueError(f"{data_set.name}/{file}: shape {tuple(expected.shape)}, expected {tuple(actual.shape)}")
            largest = max(largest, (actual - expected).abs().nan_to_num(nan=torch.inf).max().item())
    return largest


def main(folders):
    failed = 0
    for folder in map(pathlib.Path, folders):
        try:
            largest = difference(folder)
            if not largest <= TOLERANCE:
                raise ValueError(f"largest difference {largest:.2e}, allowed {TOLERANCE:.0e}")
            print(f"OK {folder.name} {largest:.2e}")
        except Exception as error:
            failed += 1
            print(f"FAILED {folder.name}: {type(error).__name__}: {error}", file=sys.stderr)
    return 1 if failed or not folders else 0


if __name__ == "__main__":
    torch.set_num_threads(1)
    with torch.no_grad():
        sys.exit(main(sys.argv[1:]))
