"""The usual way from a trained classifier to its first prediction in PyTorch: import, weights, forward.

Usage: /usr/bin/python3 build/outside/first_prediction.py CHECKPOINT < IDS     needs python3-torch

Reads the token ids of a text from each line, so that it is spared the tokenizing, and writes the probability of the
second label.
"""

import sys

import torch

import classifier

if __name__ == "__main__":
    module = classifier.load(sys.argv[1])
    with torch.no_grad():
        for line in sys.stdin:
            ids = torch.tensor([[int(word) for word in line.split()]])
            print(f"{torch.sigmoid(module(ids)).item():.6f}", flush=True)
