"""Writes the same network with torch.onnx.export, for a comparison of the graphs.

Usage: /usr/bin/python3 build/outside/export_torch.py CHECKPOINT OUT [BATCH]     needs python3-torch and python3-onnx

OUT/plain.onnx    what people write: no lengths, so right only for a batch whose texts are all equally long
OUT/packed.onnx   with pack_padded_sequence, as the module in classifier.py computes; lengths are respected, and the trace
                  makes the batch size constant: BATCH texts, by default 2
Both with dynamic batch and sequence, opset 17. Prints "OK name nodes" for each.
"""

import pathlib
import sys

import onnx
import torch

import classifier


class Outputs(torch.nn.Module):
    def __init__(self, module, packed):
        super().__init__()
        self.module, self.packed = module, packed

    def logits(self, ids):
        if self.packed:
            return self.module(ids)
        states, last = self.module.recurrent(self.module.embedding(ids))
        if self.module.readout == "last":
            return self.module.classifier(self.module.last_state(last))
        assert self.module.readout == "max_mean", self.module.readout
        return self.module.classifier(torch.cat([states.amax(1), states.mean(1)], 1))

    def forward(self, ids):
        logits = self.logits(ids)
        return logits, classifier.probabilities(logits)


def export(module, packed, path, batch=2):
    # Traced with two texts of unequal lengths: what the trace makes constant, other batches would show.
    example = torch.tensor([[1, 5, 6, 7, 8], [1, 4, 9, 0, 0]] if packed else [[1, 5, 6, 7, 8], [1, 4, 9, 3, 7]])
    example = example.repeat((batch + 1) // 2, 1)[:batch]
    torch.onnx.export(
        Outputs(module, packed), example, str(path), opset_version=17,
        input_names=["input_ids"], output_names=["logit", "probability"],
        dynamic_axes={"input_ids": {0: "batch", 1: "sequence"}, "logit": {0: "batch"}, "probability": {0: "batch"}})
    print(f"OK {path.stem} {len(onnx.load(str(path)).graph.node)}")


def main(checkpoint, out, batch=2):
    module, folder = classifier.load(checkpoint), pathlib.Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    export(module, False, folder / "plain.onnx", int(batch))
    export(module, True, folder / "packed.onnx", int(batch))


if __name__ == "__main__":
    main(*sys.argv[1:])
