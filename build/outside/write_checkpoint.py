"""Writes a checkpoint folder from PyTorch alone, with random weights: what someone who trained elsewhere would bring.

Usage: /usr/bin/python3 build/outside/write_checkpoint.py FOLDER CELL LAYERS BIDIRECTIONAL READOUT SEED
       for instance: write_checkpoint.py /tmp/checkpoint gru 2 true attention 1     needs python3-torch
"""

import json
import pathlib
import sys

import torch

import safetensors
from classifier import Classifier

VOCABULARY, EMBEDDING, HIDDEN, MAXIMUM_LENGTH = 60, 6, 5, 14


def main(folder, cell, layers, bidirectional, readout, seed):
    torch.manual_seed(int(seed))
    model = dict(
        cell=cell, nonlinearity="tanh", bidirectional=bidirectional == "true", layers=int(layers),
        embedding_size=EMBEDDING, hidden_size=HIDDEN, readout=readout,
        embedding_dropout=0, recurrent_dropout=0, readout_dropout=0)
    config = dict(
        model=model, labels=["bad", "good"],
        text=dict(tokenizer="keras", vocabulary_size=VOCABULARY, maximum_length=MAXIMUM_LENGTH))
    tokens = ["<padding>", "<start>", "<unknown>"] + [f"word{i}" for i in range(3, VOCABULARY)]
    weights = {name: values.detach().numpy() for name, values in Classifier(model, VOCABULARY).state_dict().items()}
    path = pathlib.Path(folder)
    path.mkdir(parents=True)
    safetensors.write(path / "weights.safetensors", weights)
    (path / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    (path / "vocab.txt").write_text("".join(f"{token}\n" for token in tokens))
    print(f"OK {path.name} {len(weights)} weights")


if __name__ == "__main__":
    main(*sys.argv[1:])
