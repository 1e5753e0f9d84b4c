using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Parity.Tests.Graphs;

namespace OnnxSentiment.Parity.Tests;

/// <summary>What cannot be compared is refused with a sentence that says why.</summary>
public sealed class ModelAgreementRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Check_GivenInputsThatDoNotSuit_AreRefused()
    {
        var file = ForeignFiles.Of("mlp.torch13");
        AssertRefused("There is no folder", file, file, new() { InputFolder = _folder.In("nothing") });
        Directory.CreateDirectory(_folder.In("empty"));
        AssertRefused("holds no inputs", file, file, new() { InputFolder = _folder.In("empty") });
        Directory.CreateDirectory(_folder.In("other"));
        NpyFile.Write(new("z", [1, 8], new float[8]), _folder.In("other/z.npy"));
        AssertRefused("none for 'x' float [batch, 8]", file, file, new() { InputFolder = _folder.In("other") });
        NpyFile.Write(new("x", [1, 8], Enumerable.Repeat("a", 8).ToArray()), _folder.In("other/x.npy"));
        AssertRefused("give string [1, 8]", file, file, new() { InputFolder = _folder.In("other") });
        NpyFile.Write(new("x", [1, 9], new float[9]), _folder.In("other/x.npy"));
        AssertRefused("cannot be run on the inputs 'other'", file, file, new() { InputFolder = _folder.In("other") });
    }

    [Test]
    public void Check_FolderWithoutTestData_SaysWhatItLooksFor() =>
        AssertRefused("input_0.pb", Scale(2).Write(_folder, "scale"), _folder.In("."));

    [Test]
    public void Check_InputsThatAreNoTensors_AreRefused() => Assert.Multiple(() =>
    {
        var sequence = new TypeProto
        {
            SequenceType = new() { ElemType = Value("", DataType.Float).Type },
        };
        AssertRefused("a sequence", WithInput(new ValueInfoProto { Name = "x", Type = sequence }));
        AssertRefused("optional", WithInput(new ValueInfoProto
        {
            Name = "x",
            Type = new TypeProto { OptionalType = new() { ElemType = sequence } },
        }));
        AssertRefused("complex64", WithInput(Value("x", DataType.Complex64, "n")));
        AssertRefused("no known type", WithInput(new ValueInfoProto { Name = "x" }));
    });

    [Test]
    public void Check_FilesThatCannotBeLoaded_SayWhy() => Assert.Multiple(() =>
    {
        var custom = Model(
            Value("x", DataType.Float, "n"), Node("Mystery", "x", "y"), Value("y", DataType.Float, "n"));
        custom.Graph.Node[0].Domain = "com.example";
        AssertRefused("it uses com.example.Mystery, which ONNX Runtime does not have", custom);
        AssertRefused("There is no file", _folder.In("nothing.onnx"), _folder.In("nothing.onnx"));
        AssertRefused("cannot be loaded", Model(
            Value("x", DataType.Float, "n"), Node("Nonsense", "x", "y"), Value("y", DataType.Float, "n")));
    });

    [Test]
    public void Check_InputsThatDoNotMatch_NameBoth()
    {
        var ids = Model(
            Value("ids", DataType.Int64, "n"), Node("Neg", "ids", "y"), Value("y", DataType.Int64, "n"))
            .Write(_folder, "ids");
        AssertRefused("'x' float [n] and 'ids' int64 [n]", Scale(2).Write(_folder, "scale"), ids);
        var two = Model(
            Value("a", DataType.Float, "n"), Value("b", DataType.Float, "n"), Node("Add", "a b", "y"),
            Value("y", DataType.Float, "n")).Write(_folder, "two");
        AssertRefused("'a' float [n], 'b' float [n]", Scale(2).Write(_folder, "scale"), two);
    }

    [Test]
    public void Check_FileThatRunsOnNothing_SaysSo()
    {
        var model = Model(
            Tensors.Int64("shape", [1], [7777777]), Value("x", DataType.Float, "n"), Node("Reshape", "x shape", "y"),
            Value("y", DataType.Float, 7777777)).Write(_folder, "never");
        AssertRefused("Nothing was compared", model, model);
        var report = ModelAgreement.Check(
            model, Model(Value("x", DataType.Float, "n"), Node("Relu", "x", "y"), Value("y", DataType.Float, "n"))
                .Write(_folder, "always"));
        Assert.That(report.Flat(), Does.Contain("cannot be run on what").And.Contain("FAILED"));
    }

    private static ModelProto WithInput(ValueInfoProto input) =>
        Model(input, Node("Identity", "x", "y"), Value("y", DataType.Float, "n"));

    private void AssertRefused(string expected, ModelProto model)
    {
        var path = model.Write(_folder, "refused");
        AssertRefused(expected, path, path);
    }

    private static void AssertRefused(
        string expected, string actual, string against, AgreementOptions? options = null) => Assert.That(
        () => ModelAgreement.Check(actual, against, options),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains(expected));
}
