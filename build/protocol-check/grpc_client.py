"""A gRPC client of the Open Inference Protocol V2, written from its specification alone: the numbers of the fields stand in the
table below, not in the server's schema. Prints a line for each check, as build/checks.sh does; exit code 1 if one failed.

    /usr/bin/python3 build/protocol-check/grpc_client.py 127.0.0.1:8001 imdb

Needs Debian's python3-grpcio and python3-protobuf."""

import os
import struct
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

SERVICE = "inference.GRPCInferenceService"

# Field name, number, type; "*" for repeated.
MESSAGES = {
    "ServerLiveRequest": "",
    "ServerLiveResponse": "live 1 bool",
    "ServerReadyRequest": "",
    "ServerReadyResponse": "ready 1 bool",
    "ModelReadyRequest": "name 1 string, version 2 string",
    "ModelReadyResponse": "ready 1 bool",
    "ServerMetadataRequest": "",
    "ServerMetadataResponse": "name 1 string, version 2 string, extensions 3 string*",
    "ModelMetadataRequest": "name 1 string, version 2 string",
    "TensorMetadata": "name 1 string, datatype 2 string, shape 3 int64*",
    "ModelMetadataResponse": "name 1 string, versions 2 string*, platform 3 string, inputs 4 TensorMetadata*, outputs 5 TensorMetadata*",
    "InferParameter": "bool_param 1 bool, int64_param 2 int64, string_param 3 string",
    "InferTensorContents": "int64_contents 3 int64*, fp32_contents 6 float*, bytes_contents 8 bytes*",
    "Input": "name 1 string, datatype 2 string, shape 3 int64*, contents 5 InferTensorContents",
    "RequestedOutput": "name 1 string",
    "ModelInferRequest": "model_name 1 string, model_version 2 string, id 3 string, inputs 5 Input*, outputs 6 RequestedOutput*, "
    "raw_input_contents 7 bytes*",
    "Output": "name 1 string, datatype 2 string, shape 3 int64*, contents 5 InferTensorContents",
    "ModelInferResponse": "model_name 1 string, model_version 2 string, id 3 string, outputs 5 Output*, raw_output_contents 6 bytes*",
}

FIELD = descriptor_pb2.FieldDescriptorProto


def message_types():
    file = descriptor_pb2.FileDescriptorProto(name="client.proto", package="client", syntax="proto3")
    for name, fields in MESSAGES.items():
        message = file.message_type.add(name=name)
        for field in filter(None, fields.split(", ")):
            field_name, number, kind = field.split()
            label = FIELD.LABEL_REPEATED if kind.endswith("*") else FIELD.LABEL_OPTIONAL
            added = message.field.add(name=field_name, number=int(number), label=label)
            kind = kind.rstrip("*")
            if kind in MESSAGES:
                added.type, added.type_name = FIELD.TYPE_MESSAGE, f".client.{kind}"
            else:
                added.type = getattr(FIELD, f"TYPE_{kind.upper()}")
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    factory = message_factory.MessageFactory(pool)
    return {name: factory.GetPrototype(pool.FindMessageTypeByName(f"client.{name}")) for name in MESSAGES}


TYPES = message_types()
failures = 0


def check(name, condition, found):
    global failures
    failures += not condition
    print(f"{'PASSED' if condition else 'FAILED'} gRPC, {name}: {found}")


class Client:
    def __init__(self, address):
        self.channel = grpc.insecure_channel(address)
        key = os.environ.get("API_KEY")
        self.metadata = [("authorization", f"Bearer {key}")] if key else []

    def call(self, method, timeout=10, **fields):
        request = TYPES[f"{method}Request"](**fields)
        stub = self.channel.unary_unary(
            f"/{SERVICE}/{method}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=TYPES[f"{method}Response"].FromString,
        )
        return stub(request, timeout=timeout, metadata=self.metadata)

    def status(self, method, **fields):
        try:
            self.call(method, **fields)
            return grpc.StatusCode.OK
        except grpc.RpcError as error:
            return error.code()


def raw_bytes(texts):
    encoded = [text.encode() for text in texts]
    return b"".join(struct.pack("<I", len(text)) + text for text in encoded)


def main(address, model):
    client = Client(address)
    texts = ["A warm, funny and beautifully acted film.", "Dull, far too long and badly acted.", ""]
    check("ServerLive", client.call("ServerLive").live, "live")
    check("ServerReady", client.call("ServerReady").ready, "ready")
    server = client.call("ServerMetadata")
    check("ServerMetadata", server.name and server.version, f"{server.name} {server.version}")
    check("ModelReady", client.call("ModelReady", name=model).ready, model)
    check("ModelReady of an unknown model", not client.call("ModelReady", name="no-such-model").ready, "not ready")
    metadata = client.call("ModelMetadata", name=model)
    inputs = {tensor.name: (tensor.datatype, list(tensor.shape)) for tensor in metadata.inputs}
    check("ModelMetadata", inputs == {"input_ids": ("INT64", [-1, -1]), "text": ("BYTES", [-1])}, inputs)

    tensor = {"name": "text", "datatype": "BYTES", "shape": [len(texts)]}
    typed = client.call(
        "ModelInfer", model_name=model, id="typed",
        inputs=[dict(tensor, contents={"bytes_contents": [text.encode() for text in texts]})])
    outputs = {output.name: output.contents for output in typed.outputs}
    probabilities = list(outputs["probability"].fp32_contents)
    labels = [label.decode() for label in outputs["label"].bytes_contents]
    check("ModelInfer, typed texts", labels[:2] == ["positive", "negative"] and typed.id == "typed", list(zip(labels, probabilities)))

    raw = client.call(
        "ModelInfer", model_name=model, model_version=typed.model_version, inputs=[dict(tensor, shape=[len(texts), 1])],
        outputs=[{"name": "probability"}], raw_input_contents=[raw_bytes(texts)])
    floats = struct.unpack(f"<{len(texts)}f", raw.raw_output_contents[0])
    check("ModelInfer, raw texts", all(abs(a - b) < 1e-4 for a, b in zip(floats, probabilities)), "as typed")

    ids = [1, 5, 9, 1, 7, 0]
    answers = [
        client.call("ModelInfer", model_name=model, inputs=[{"name": "input_ids", "datatype": "INT64", "shape": [2, 3], "contents": {"int64_contents": ids}}]),
        client.call("ModelInfer", model_name=model, inputs=[{"name": "input_ids", "datatype": "INT64", "shape": [2, 3]}], raw_input_contents=[struct.pack("<6q", *ids)]),
    ]
    as_typed = list(answers[0].outputs[0].contents.fp32_contents)
    as_raw = struct.unpack("<2f", answers[1].raw_output_contents[0])
    check("ModelInfer, ids", all(abs(a - b) < 1e-4 for a, b in zip(as_typed, as_raw)) and list(answers[0].outputs[0].shape) == [2, 1], as_typed)

    code = grpc.StatusCode
    wrong = {
        "unknown model": (code.NOT_FOUND, {"model_name": "no-such-model"}),
        "no input": (code.INVALID_ARGUMENT, {"model_name": model}),
        "wrong type": (code.INVALID_ARGUMENT, {"model_name": model, "inputs": [dict(tensor, datatype="FP32")]}),
        "unknown output": (code.INVALID_ARGUMENT, {"model_name": model, "inputs": [dict(tensor, shape=[1], contents={"bytes_contents": [b"x"]})], "outputs": [{"name": "none"}]}),
        "raw data cut off": (code.INVALID_ARGUMENT, {"model_name": model, "inputs": [tensor], "raw_input_contents": [raw_bytes(texts)[:-1]]}),
    }
    for name, (expected, fields) in wrong.items():
        found = client.status("ModelInfer", **fields)
        check(name, found == expected, found.name)
    return failures > 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except grpc.RpcError as error:
        print(f"FAILED gRPC, a call that should succeed: {error.code().name} {error.details()}")
        sys.exit(1)
