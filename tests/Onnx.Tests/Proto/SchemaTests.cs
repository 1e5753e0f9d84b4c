using Google.Protobuf;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx.Tests;

public sealed class SchemaTests
{
    // From the standard's schema (https://onnx.ai/onnx/repo-docs/IR.html and onnx.proto).
    private static readonly (string Message, (string Name, int Number)[] Fields)[] Fields =
    [
        ("ModelProto",
            [("ir_version", 1), ("graph", 7), ("opset_import", 8), ("metadata_props", 14), ("training_info", 20),
                ("functions", 25), ("configuration", 26)]),
        ("GraphProto",
            [("node", 1), ("initializer", 5), ("input", 11), ("output", 12), ("value_info", 13),
                ("quantization_annotation", 14), ("sparse_initializer", 15), ("metadata_props", 16)]),
        ("NodeProto",
            [("op_type", 4), ("attribute", 5), ("domain", 7), ("overload", 8), ("metadata_props", 9)]),
        ("AttributeProto",
            [("s", 4), ("ints", 8), ("strings", 9), ("tp", 14), ("type", 20), ("ref_attr_name", 21),
                ("sparse_tensors", 23)]),
        ("TensorProto",
            [("dims", 1), ("data_type", 2), ("name", 8), ("raw_data", 9), ("external_data", 13), ("data_location", 14),
                ("metadata_props", 16)]),
        ("TypeProto",
            [("sparse_tensor_type", 8), ("optional_type", 9)]),
        ("FunctionProto",
            [("attribute_proto", 11), ("overload", 13)]),
        ("ValueInfoProto",
            [("metadata_props", 4)]),
    ];

    private static IEnumerable<TestCaseData> FieldCases() =>
        from message in Fields
        from field in message.Fields
        select new TestCaseData(message.Message, field.Name, field.Number);

    [TestCaseSource(nameof(FieldCases))]
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
