using Google.Protobuf;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx.Tests;

public sealed class SchemaTests
{
    // From the standard's schema (https://onnx.ai/onnx/repo-docs/IR.html and onnx.proto).
    [TestCase("ModelProto", "ir_version", 1)]
    [TestCase("ModelProto", "graph", 7)]
    [TestCase("ModelProto", "opset_import", 8)]
    [TestCase("ModelProto", "metadata_props", 14)]
    [TestCase("ModelProto", "training_info", 20)]
    [TestCase("ModelProto", "functions", 25)]
    [TestCase("ModelProto", "configuration", 26)]
    [TestCase("GraphProto", "node", 1)]
    [TestCase("GraphProto", "initializer", 5)]
    [TestCase("GraphProto", "input", 11)]
    [TestCase("GraphProto", "output", 12)]
    [TestCase("GraphProto", "value_info", 13)]
    [TestCase("GraphProto", "quantization_annotation", 14)]
    [TestCase("GraphProto", "sparse_initializer", 15)]
    [TestCase("GraphProto", "metadata_props", 16)]
    [TestCase("NodeProto", "op_type", 4)]
    [TestCase("NodeProto", "attribute", 5)]
    [TestCase("NodeProto", "domain", 7)]
    [TestCase("NodeProto", "overload", 8)]
    [TestCase("NodeProto", "metadata_props", 9)]
    [TestCase("AttributeProto", "s", 4)]
    [TestCase("AttributeProto", "ints", 8)]
    [TestCase("AttributeProto", "strings", 9)]
    [TestCase("AttributeProto", "tp", 14)]
    [TestCase("AttributeProto", "type", 20)]
    [TestCase("AttributeProto", "ref_attr_name", 21)]
    [TestCase("AttributeProto", "sparse_tensors", 23)]
    [TestCase("TensorProto", "dims", 1)]
    [TestCase("TensorProto", "data_type", 2)]
    [TestCase("TensorProto", "name", 8)]
    [TestCase("TensorProto", "raw_data", 9)]
    [TestCase("TensorProto", "external_data", 13)]
    [TestCase("TensorProto", "data_location", 14)]
    [TestCase("TensorProto", "metadata_props", 16)]
    [TestCase("TypeProto", "sparse_tensor_type", 8)]
    [TestCase("TypeProto", "optional_type", 9)]
    [TestCase("FunctionProto", "attribute_proto", 11)]
    [TestCase("FunctionProto", "overload", 13)]
    [TestCase("ValueInfoProto", "metadata_props", 4)]
    public void Field_OfTheStandard_HasItsNumber(string message, string field, int number)
    {
        var descriptor = OnnxReflection.Descriptor.MessageTypes.Single(type => type.Name == message);
        Assert.That(descriptor.FindFieldByName(field)?.FieldNumber, Is.EqualTo(number));
    }

    [TestCase("DataType", "INT64", 7)]
    [TestCase("DataType", "BFLOAT16", 16)]
    [TestCase("DataType", "FLOAT8E5M2FNUZ", 20)]
    [TestCase("DataType", "INT2", 26)]
    public void ElementType_OfTheStandard_HasItsNumber(string type, string name, int number)
    {
        var descriptor = TensorProto.Descriptor.EnumTypes.Single(candidate => candidate.Name == type);
        Assert.That(descriptor.FindValueByName(name)?.Number, Is.EqualTo(number));
    }

    [Test]
    public void Parse_UnknownField_SurvivesWriting()
    {
        // Field 4000 of length 2, holding "hi": tag 4000 * 8 + 2 as a varint.
        byte[] bytes = [0x08, 0x08, 0x82, 0xFA, 0x01, 0x02, (byte)'h', (byte)'i'];
        var model = ModelProto.Parser.ParseFrom(bytes);
        Assert.That(model.IrVersion, Is.EqualTo(8));
        Assert.That(model.ToByteArray(), Is.EqualTo(bytes));
    }
}
