"""The classifier that a checkpoint's config.json names, in PyTorch's own modules and parameter names."""

import json
import pathlib

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

import safetensors


class Attention(torch.nn.Module):
    def __init__(self, size):
        super().__init__()
        self.projection = torch.nn.Linear(size, size)
        self.context = torch.nn.Linear(size, 1, bias=False)

    def forward(self, states, padding):
        scores = self.context(torch.tanh(self.projection(states)))[..., 0].masked_fill(padding, -torch.inf)
        return (torch.softmax(scores, 1)[..., None] * states).sum(1)


class Bag(torch.nn.Module):
    """A bag of words with one hidden layer: token ids [batch, sequence], 0 for padding, to logits [batch, outputs]."""

    def __init__(self, model, vocabulary, outputs=1):
        super().__init__()
        self.embedding = torch.nn.Embedding(vocabulary, model["embedding_size"])
        self.hidden = torch.nn.ParameterDict({"bias": torch.zeros(model["embedding_size"])})
        self.classifier = torch.nn.Linear(model["embedding_size"], outputs)

    def forward(self, ids):
        is_token = (ids != 0)[..., None]
        mean = (self.embedding(ids) * is_token).sum(1) / is_token.sum(1)
        return self.classifier(torch.relu(mean + self.hidden["bias"]))


class Classifier(torch.nn.Module):
    """Token ids [batch, sequence], 0 for padding, to logits [batch, outputs], of which two labels share one."""

    def __init__(self, model, vocabulary, outputs=1):
        super().__init__()
        self.readout = model["readout"]
        size = model["hidden_size"] * (2 if model["bidirectional"] else 1)
        kind = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}[model["cell"]]
        settings = {"nonlinearity": model["nonlinearity"]} if model["cell"] == "rnn" else {}
        self.embedding = torch.nn.Embedding(vocabulary, model["embedding_size"])
        self.recurrent = kind(
            model["embedding_size"], model["hidden_size"], model["layers"], batch_first=True,
            bidirectional=model["bidirectional"], **settings)
        if self.readout == "attention":
            self.attention = Attention(size)
        self.classifier = torch.nn.Linear(2 * size if self.readout == "max_mean" else size, outputs)

    def forward(self, ids):
        lengths = (ids != 0).sum(1)
        packed = pack_padded_sequence(self.embedding(ids), lengths, batch_first=True, enforce_sorted=False)
        packed_states, last = self.recurrent(packed)
        if self.readout == "last":
            return self.classifier(self.last_state(last))
        states, _ = pad_packed_sequence(packed_states, batch_first=True)
        return self.classifier(self.pool(states, lengths))

    def last_state(self, last):
        last = last[0] if isinstance(last, tuple) else last
        return torch.cat([last[-2], last[-1]], 1) if self.recurrent.bidirectional else last[-1]

    def pool(self, states, lengths):
        padding = torch.arange(states.shape[1])[None] >= lengths[:, None]
        if self.readout == "attention":
            return self.attention(states, padding)
        largest = states.masked_fill(padding[..., None], -torch.inf).amax(1)
        mean = states.masked_fill(padding[..., None], 0).sum(1) / lengths[:, None]
        return {"max": largest, "mean": mean, "max_mean": torch.cat([largest, mean], 1)}[self.readout]


def probabilities(logits):
    return torch.sigmoid(logits) if logits.shape[1] == 1 else torch.softmax(logits, 1)


def load(checkpoint):
    folder = pathlib.Path(checkpoint)
    config = json.loads((folder / "config.json").read_text())
    weights = {name: torch.from_numpy(values) for name, values in safetensors.read(folder / "weights.safetensors").items()}
    module = (Bag if config["model"]["cell"] == "bag" else Classifier)(
        config["model"], weights["embedding.weight"].shape[0], weights["classifier.weight"].shape[0])
    module.load_state_dict(weights, strict=True)
    return module.eval()
