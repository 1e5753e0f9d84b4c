"""Writes small ONNX files the way other tools do, for tests/Parity.Tests/Agreement/ForeignPairsTests.cs.

Usage: /usr/bin/python3 build/outside/export_foreign.py OUT     needs python3-torch and python3-onnx

Weights are seeded. NAME.TOOL.onnx: torch13, torch14 and torch17 are torch.onnx.export with that opset, double is its export of the
module in double precision; converted is onnx.version_converter; fp16, qdq and dynamic are graph edits with onnx.helper: half
precision, weights and activations of 8 bits between QuantizeLinear and DequantizeLinear, MatMulInteger; renamed has other names
and no types, keras the nodes of tf2onnx; wrong_* have one fault each. Prints "OK name bytes" for each.
"""

import pathlib
import sys
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper, version_converter

warnings.filterwarnings("ignore")
nn = torch.nn


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.norm, self.b = nn.Linear(8, 16), nn.LayerNorm(16), nn.Linear(16, 4)

    def forward(self, x):
        return torch.softmax(self.b(torch.relu(self.norm(self.a(x)))), -1)


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.norm = nn.Conv2d(3, 6, 3, padding=1), nn.BatchNorm2d(6)
        self.pool, self.act, self.head = nn.MaxPool2d(2), nn.LeakyReLU(0.1), nn.Linear(6 * 4 * 4, 5)
        nn.init.normal_(self.norm.running_mean), nn.init.uniform_(self.norm.running_var, 0.5, 2)

    def forward(self, x):
        return self.head(self.pool(self.act(self.norm(self.conv(x)))).flatten(1))


class Recurrent(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.embedding = nn.Embedding(23, 6)
        self.layer = kind(6, 5, batch_first=True, bidirectional=True)
        self.head = nn.Linear(10, 3)

    def forward(self, ids):
        return self.head(self.layer(self.embedding(ids))[0].mean(1))


class Packed(Recurrent):
    def forward(self, ids, lengths):
        packed = nn.utils.rnn.pack_padded_sequence(self.embedding(ids), lengths, batch_first=True)
        states, _ = nn.utils.rnn.pad_packed_sequence(self.layer(packed)[0], batch_first=True)
        return self.head(states.amax(1))


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding, self.qkv, self.out = nn.Embedding(31, 8), nn.Linear(8, 24), nn.Linear(8, 8)
        self.norm, self.head = nn.LayerNorm(8), nn.Linear(8, 2)

    def forward(self, input_ids, attention_mask):
        x = self.embedding(input_ids)
        q, k, v = self.qkv(x).reshape(x.shape[0], x.shape[1], 3, 2, 4).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-1, -2) / 2.0 + (1.0 - attention_mask[:, None, None, :].float()) * -1e4
        mixed = (torch.softmax(scores, -1) @ v).transpose(1, 2).flatten(2)
        return self.head(self.norm(x + nn.functional.gelu(self.out(mixed)))[:, 0])


def export(module, inputs, path, opset, names, axes):
    torch.onnx.export(
        module.eval(), inputs, str(path), opset_version=opset, input_names=names, output_names=["y"],
        dynamic_axes={**{name: dict(axes) for name in names}, "y": {0: "batch"}})


def save(model, path):
    onnx.save(model, str(path))


def change(path, out, edit):
    model = onnx.load(str(path))
    edit(model.graph)
    save(model, out)


def initializer(graph, name):
    return next(tensor for tensor in graph.initializer if tensor.name == name)


def replace(tensor, values):
    tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(values), tensor.name))


def swap_rows(name):
    def edit(graph):
        tensor = initializer(graph, name)
        values = numpy_helper.to_array(tensor).copy()
        values[[0, 1]] = values[[1, 0]]
        replace(tensor, values)
    return edit


def node(graph, operator):
    return next(n for n in graph.node if n.op_type == operator)


def set_alpha(graph):
    node(graph, "LeakyRelu").attribute[0].f = 0.2


def relu_to_tanh(graph):
    node(graph, "Relu").op_type = "Tanh"


def swap_gates(graph):
    """The order of the gates in ONNX is i, o, f, c; in PyTorch i, f, c, o: here o and f are exchanged."""
    tensor = initializer(graph, node(graph, "LSTM").input[1])
    values = numpy_helper.to_array(tensor).copy()
    hidden = values.shape[1] // 4
    values[:, hidden:3 * hidden] = np.concatenate([values[:, 2 * hidden:3 * hidden], values[:, hidden:2 * hidden]], 1)
    replace(tensor, values)


def drop_bias(graph):
    last = [n for n in graph.node if n.op_type == "Gemm"][-1]
    del last.input[2]


def to_half(graph):
    for tensor in graph.initializer:
        if tensor.data_type == TensorProto.FLOAT:
            replace(tensor, numpy_helper.to_array(tensor).astype(np.float16))
    for n in graph.node:
        for attribute in n.attribute:
            if attribute.HasField("t") and attribute.t.data_type == TensorProto.FLOAT:
                replace(attribute.t, numpy_helper.to_array(attribute.t).astype(np.float16))
    for value in [*graph.input, *graph.output]:
        if value.type.tensor_type.elem_type == TensorProto.FLOAT:
            value.type.tensor_type.elem_type = TensorProto.FLOAT16
    del graph.value_info[:]


def quantize_weights(graph):
    """Weights of Gemm and Conv as int8 with a scale for each output, activations before them as uint8."""
    nodes = list(graph.node)
    del graph.node[:]
    for n in nodes:
        if n.op_type in ("Gemm", "Conv"):
            tensor = initializer(graph, n.input[1])
            values = numpy_helper.to_array(tensor)
            scale = (np.abs(values).reshape(len(values), -1).max(1) / 127).astype(np.float32)
            shape = [-1] + [1] * (values.ndim - 1)
            name = tensor.name
            graph.initializer.extend([
                numpy_helper.from_array(np.round(values / scale.reshape(shape)).astype(np.int8), f"{name}_q"),
                numpy_helper.from_array(scale, f"{name}_scale"),
                numpy_helper.from_array(np.zeros(len(values), np.int8), f"{name}_zero"),
                numpy_helper.from_array(np.float32(8 / 255), f"{name}_in_scale"),
                numpy_helper.from_array(np.uint8(128), f"{name}_in_zero")])
            graph.initializer.remove(tensor)
            graph.node.extend([
                helper.make_node("QuantizeLinear", [n.input[0], f"{name}_in_scale", f"{name}_in_zero"], [f"{name}_in_q"]),
                helper.make_node(
                    "DequantizeLinear", [f"{name}_in_q", f"{name}_in_scale", f"{name}_in_zero"], [f"{name}_in"]),
                helper.make_node(
                    "DequantizeLinear", [f"{name}_q", f"{name}_scale", f"{name}_zero"], [f"{name}_dq"], axis=0)])
            n.input[0], n.input[1] = f"{name}_in", f"{name}_dq"
        graph.node.append(n)


def quantize_products(graph):
    """Gemm as DynamicQuantizeLinear, MatMulInteger, Cast, Mul and Add."""
    nodes = list(graph.node)
    del graph.node[:]
    for n in nodes:
        if n.op_type != "Gemm":
            graph.node.append(n)
            continue
        tensor = initializer(graph, n.input[1])
        values, name = numpy_helper.to_array(tensor).T, tensor.name
        scale = np.float32(np.abs(values).max() / 127)
        graph.initializer.remove(tensor)
        graph.initializer.extend([
            numpy_helper.from_array(np.ascontiguousarray(np.round(values / scale).astype(np.int8)), f"{name}_q"),
            numpy_helper.from_array(scale, f"{name}_scale"), numpy_helper.from_array(np.int8(0), f"{name}_zero")])
        graph.node.extend([
            helper.make_node("DynamicQuantizeLinear", [n.input[0]], [f"{name}_x", f"{name}_xs", f"{name}_xz"]),
            helper.make_node("MatMulInteger", [f"{name}_x", f"{name}_q", f"{name}_xz", f"{name}_zero"], [f"{name}_i"]),
            helper.make_node("Cast", [f"{name}_i"], [f"{name}_f"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{name}_xs", f"{name}_scale"], [f"{name}_s"]),
            helper.make_node("Mul", [f"{name}_f", f"{name}_s"], [f"{name}_m"]),
            helper.make_node("Add", [f"{name}_m", n.input[2]], [n.output[0]])])


def rename(graph):
    names = {}
    for value in [*graph.input, *graph.output]:
        names[value.name] = f"{value.name}:0"
    for i, tensor in enumerate(graph.initializer):
        names[tensor.name] = tensor.name = f"w{i}"
    for i, n in enumerate(graph.node):
        n.name = f"op{i}"
        for output in n.output:
            names.setdefault(output, f"v{len(names)}")
        for names_of in (n.input, n.output):
            for j, name in enumerate(names_of):
                names_of[j] = names.get(name, name)
    for value in [*graph.input, *graph.output]:
        value.name = names[value.name]
    del graph.value_info[:]


def like_keras(graph):
    """Dense as tf2onnx writes it: MatMul with the kernel as [inputs, outputs], then Add, names with scopes and ports."""
    rename(graph)
    nodes = list(graph.node)
    del graph.node[:]
    for i, n in enumerate(nodes):
        if n.op_type == "Gemm":
            tensor = initializer(graph, n.input[1])
            replace(tensor, numpy_helper.to_array(tensor).T)
            product = f"sequential/dense_{i}/MatMul:0"
            graph.node.extend([
                helper.make_node("MatMul", [n.input[0], n.input[1]], [product], name=f"sequential/dense_{i}/MatMul"),
                helper.make_node("Add", [product, n.input[2]], [n.output[0]], name=f"sequential/dense_{i}/BiasAdd")])
        else:
            graph.node.append(n)


def main(out):
    folder = pathlib.Path(out)
    folder.mkdir(parents=True, exist_ok=True)

    def at(name):
        return folder / f"{name}.onnx"

    torch.manual_seed(7)
    mlp, cnn, lstm, gru, rnn = Mlp(), Cnn(), Recurrent(nn.LSTM), Recurrent(nn.GRU), Recurrent(nn.RNN)
    attention, packed = Attention(), Packed(nn.LSTM)
    packed.load_state_dict(lstm.state_dict())
    batch, texts = {0: "batch"}, {0: "batch", 1: "sequence"}
    ids = torch.randint(0, 23, (2, 7))
    mask = torch.tensor([[1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0, 0]])
    for opset in (13, 17):
        export(mlp, torch.randn(2, 8), at(f"mlp.torch{opset}"), opset, ["x"], batch)
        export(cnn, torch.randn(2, 3, 8, 8), at(f"cnn.torch{opset}"), opset, ["image"], batch)
    for opset in (14, 17):
        for name, module in (("lstm", lstm), ("gru", gru), ("rnn", rnn)):
            export(module, ids, at(f"{name}.torch{opset}"), opset, ["ids"], texts)
        export(attention, (ids, mask), at(f"attention.torch{opset}"), opset, ["input_ids", "attention_mask"], texts)
    torch.onnx.export(
        packed.eval(), (ids, torch.tensor([7, 4])), str(at("packed.torch14")), opset_version=14,
        input_names=["ids", "lengths"], output_names=["y"],
        dynamic_axes={"ids": {0: "batch", 1: "sequence"}, "lengths": {0: "batch"}, "y": {0: "batch"}})
    export(mlp.double(), torch.randn(2, 8).double(), at("mlp.double"), 17, ["x"], batch)

    for name in ("mlp", "cnn"):
        save(version_converter.convert_version(onnx.load(str(at(f"{name}.torch13"))), 16), at(f"{name}.converted"))
        change(at(f"{name}.torch13"), at(f"{name}.fp16"), to_half)
        change(at(f"{name}.torch13"), at(f"{name}.qdq"), quantize_weights)
        change(at(f"{name}.torch13"), at(f"{name}.dynamic"), quantize_products)
        change(at(f"{name}.torch13"), at(f"{name}.renamed"), rename)
        change(at(f"{name}.torch13"), at(f"{name}.keras"), like_keras)
    change(at("attention.torch14"), at("attention.renamed"), rename)
    change(at("mlp.torch13"), at("mlp.wrong_rows"), swap_rows("b.weight"))
    change(at("mlp.torch13"), at("mlp.wrong_operator"), relu_to_tanh)
    change(at("mlp.torch13"), at("mlp.wrong_bias"), drop_bias)
    change(at("cnn.torch13"), at("cnn.wrong_attribute"), set_alpha)
    change(at("lstm.torch14"), at("lstm.wrong_gates"), swap_gates)
    change(at("attention.torch14"), at("attention.wrong_row"), swap_rows("embedding.weight"))
    for path in sorted(folder.glob("*.onnx")):
        onnx.checker.check_model(str(path))
        print(f"OK {path.stem} {path.stat().st_size}")


if __name__ == "__main__":
    main(*sys.argv[1:])
