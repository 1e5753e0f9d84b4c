"""Writes tests/Parity.Tests/Fixtures/torch.json: what PyTorch computes for small recurrent classifiers.

Usage: python3 build/torch-fixture.py   (needs PyTorch; any version with packed sequences)

Weights come from a generator of whole numbers that the test repeats, so the file holds results alone. PyTorch computes in
double precision from weights rounded to single precision; packed sequences keep padding out of the recurrent layers.
"""

import itertools
import json
import pathlib

import torch

VOCABULARY, EMBEDDING, HIDDEN = 12, 3, 4
TEXTS = [[1, 5, 3, 11, 2, 7], [1], [1, 4, 9], [1, 11, 11, 6]]


def numbers():
    state = 20260
    while True:
        state = (state * 1103515245 + 12345) % 2**31
        yield ((state >> 8) % 2001 - 1000) / 1000


def weights(source, *shape):
    values = torch.tensor(list(itertools.islice(source, torch.Size(shape).numel())), dtype=torch.float32)
    return values.reshape(shape).double()


def recurrent_layer(cell, layers, bidirectional, source):
    options = dict(num_layers=layers, bidirectional=bidirectional, batch_first=True)
    kinds = {
        "rnn_tanh": lambda: torch.nn.RNN(EMBEDDING, HIDDEN, nonlinearity="tanh", **options),
        "rnn_relu": lambda: torch.nn.RNN(EMBEDDING, HIDDEN, nonlinearity="relu", **options),
        "gru": lambda: torch.nn.GRU(EMBEDDING, HIDDEN, **options),
        "lstm": lambda: torch.nn.LSTM(EMBEDDING, HIDDEN, **options),
    }
    module = kinds[cell]().double()
    with torch.no_grad():
        # named_parameters lists layer by layer, direction by direction: W, R, bias of W, bias of R.
        for _, parameter in module.named_parameters():
            parameter.copy_(weights(source, *parameter.shape))
    return module


def read_out(kind, states, lengths, attention):
    results = []
    for row, length in zip(states, lengths):
        h = row[:length]
        if kind == "last":
            results.append(torch.cat([h[-1, :HIDDEN], h[0, HIDDEN:]]))
        elif kind == "max":
            results.append(h.max(dim=0).values)
        elif kind == "mean":
            results.append(h.mean(dim=0))
        elif kind == "max_mean":
            results.append(torch.cat([h.max(dim=0).values, h.mean(dim=0)]))
        else:
            projection, bias, context = attention
            shares = torch.softmax(torch.tanh(h @ projection.T + bias) @ context[0], dim=0)
            results.append(shares @ h)
    return torch.stack(results)


def logits(cell, layers, bidirectional, readout):
    source = numbers()
    embedding = weights(source, VOCABULARY, EMBEDDING)
    module = recurrent_layer(cell, layers, bidirectional, source)
    output = HIDDEN * (2 if bidirectional else 1)
    attention = None
    if readout == "attention":
        attention = weights(source, output, output), weights(source, output), weights(source, 1, output)
    width = 2 * output if readout == "max_mean" else output
    classifier, bias = weights(source, 1, width), weights(source, 1)
    lengths = [len(text) for text in TEXTS]
    ids = torch.nn.utils.rnn.pad_sequence([torch.tensor(text) for text in TEXTS], batch_first=True)
    packed = torch.nn.utils.rnn.pack_padded_sequence(
        torch.nn.functional.embedding(ids, embedding), lengths, batch_first=True, enforce_sorted=False)
    states, _ = torch.nn.utils.rnn.pad_packed_sequence(module(packed)[0], batch_first=True)
    text = read_out(readout, states, lengths, attention)
    return (text @ classifier.T + bias)[:, 0].tolist()


def main():
    cases = [
        dict(cell=cell, layers=layers, bidirectional=bidirectional, readout=readout,
             logits=logits(cell, layers, bidirectional, readout))
        for cell in ["rnn_tanh", "rnn_relu", "gru", "lstm"]
        for layers in [1, 2]
        for bidirectional in [False, True]
        for readout in ["last", "max", "mean", "max_mean", "attention"]
    ]
    fixture = dict(torch=torch.__version__, vocabulary=VOCABULARY, embedding=EMBEDDING, hidden=HIDDEN, texts=TEXTS, cases=cases)
    path = pathlib.Path(__file__).parent.parent / "tests/Parity.Tests/Fixtures/torch.json"
    path.write_text(json.dumps(fixture, indent=1) + "\n")
    print(f"{path}: {len(cases)} cases")


if __name__ == "__main__":
    with torch.no_grad():
        main()
