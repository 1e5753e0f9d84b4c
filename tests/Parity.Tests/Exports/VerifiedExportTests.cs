using System.Collections;
using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>A file appears only when it computes what the checkpoint computes.</summary>
public class VerifiedExportTests
{
    private static readonly Checkpoint Checkpoint =
        RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, seed: 11);

    private string _folder = "";

    private string ModelPath => Path.Combine(_folder, "model.onnx");

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("export-tests-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Export_SoundCheckpoint_WritesModelAndDataSetsAndNothingElse()
    {
        var report = Computations.Export(Checkpoint, ModelPath).Parity;
        Assert.That(report.Passed, report.ToText());
        Assert.That(
            Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName),
            Is.EquivalentTo(["model.onnx", "test_data_set_0", "test_data_set_1", "verification.json"]));
    }

    [TestCase("recurrent.0/W", "recurrent.weight_ih_l0")]
    [TestCase("recurrent.0/R", "recurrent.weight_hh_l0")]
    [TestCase("recurrent.0/B", "recurrent.bias_ih_l0")]
    public void Write_TwoGatesSwapped_NamesTheWeightsAndWritesNothing(string initializer, string weight)
    {
        var model = ClassifierExporter.Export(Checkpoint);
        SwapFirstTwoGates(model.Graph.Initializer.Single(tensor => tensor.Name == initializer));
        Assert.That(
            () => VerifiedExport.Write(model, Checkpoint, ModelPath),
            Throws.InstanceOf<CheckFailedException>().With.Message.Contains(initializer).And.Message.Contains(weight));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    // How many tokens a text has, the check of the structure cannot infer and takes as declared.
    [Test]
    public void Write_ValueInsideDeclaredWrongly_FailsAndWritesNothing()
    {
        var model = ClassifierExporter.Export(Checkpoint, new ExportOptions { Input = InputKind.Text });
        var (value, dimension) = model.Graph.ValueInfo
            .SelectMany(info => info.Type.TensorType.Shape.Dim.Select(dimension => (info, dimension)))
            .First(pair => pair.dimension.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.None);
        dimension.DimValue = 77;
        Assert.That(
            () => VerifiedExport.Write(model, Checkpoint, ModelPath),
            Throws.InstanceOf<CheckFailedException>()
                .With.Message.Contains($"'{value.Name}'").And.Message.Contains("77"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public void Write_LengthsNotGivenToTheLstm_Fails()
    {
        var model = ClassifierExporter.Export(Checkpoint);
        model.Graph.Node.Single(node => node.OpType == "LSTM").Input[4] = "";
        Assert.That(
            () => VerifiedExport.Write(model, Checkpoint, ModelPath), Throws.InstanceOf<CheckFailedException>());
    }

    [Test]
    public void Write_UnsoundGraph_FailsAndKeepsTheOldFile()
    {
        File.WriteAllText(ModelPath, "old");
        var model = ClassifierExporter.Export(Checkpoint);
        model.Graph.Node[^1].Input[0] = "nowhere";
        Assert.That(
            () => VerifiedExport.Write(model, Checkpoint, ModelPath),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("nowhere"));
        Assert.That(File.ReadAllText(ModelPath), Is.EqualTo("old"));
    }

    [Test]
    public void Export_Canceled_WritesNothing([Values] InputKind input)
    {
        var options = new ExportOptions { Input = input };
        Assert.That(
            () =>
                Computations.Export(
                    Checkpoint, ModelPath, options, cancellation: new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public void Export_CanceledWhileAccuracyIsMeasured_WritesNothing()
    {
        using var source = new CancellationTokenSource();
        var gate = new AccuracyGate(new CancelingTexts(source), ["positive"], maximumDrop: 100);
        var options = new ExportOptions { Precision = Precision.Fp16 };
        Assert.That(
            () => Computations.Export(Checkpoint, ModelPath, options, gate, source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [TestCase(null)]
    [TestCase(Precision.Fp16)]
    public void Write_SmallerPrecisionWithoutSinglePrecision_IsAnError(Precision? other)
    {
        var model = ClassifierExporter.Export(Checkpoint, new ExportOptions { Precision = Precision.Int8 });
        var options = new VerifiedExportOptions
        {
            SinglePrecision = other is { } precision
                ? ClassifierExporter.Export(Checkpoint, new ExportOptions { Precision = precision })
                : null,
        };
        Assert.That(
            () =>
                VerifiedExport.Write(
                    model, Checkpoint, ModelPath, options), Throws.ArgumentException.With.Message.Contains("int8"));
    }

    // The tolerances of eight bits let this pass: the weights show it, in either graph.
    [TestCase(true, false)]
    [TestCase(false, true)]
    public void Write_SmallDefectOfEitherPrecision_FailsAndWritesNothing(bool inSingle, bool inSmaller)
    {
        var single = ClassifierExporter.Export(Checkpoint);
        Nudge(single.Graph.Initializer.Single(tensor => tensor.Name == "classifier.bias"), by: inSingle ? 1e-3f : 0);
        var smaller = ClassifierExporter.Export(Checkpoint, new ExportOptions { Precision = Precision.Int8 });
        Nudge(smaller.Graph.Initializer.Single(tensor => tensor.Name == "classifier.bias"), by: inSmaller ? 1e-3f : 0);
        Assert.That(
            () =>
                VerifiedExport.Write(
                    smaller, Checkpoint, ModelPath, new VerifiedExportOptions { SinglePrecision = single }),
            Throws.InstanceOf<CheckFailedException>().With.Message.Contains("classifier.bias[0]"));
        Assert.That(Directory.GetFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public void Export_Verification_IsOfTheFileAndTheCheckpoint([Values] Precision precision)
    {
        var gate = precision == Precision.Float32 ? null : new AccuracyGate(["word3"], [Predicted("word3")]);
        var options = new ExportOptions { Precision = precision };
        var report = Computations.Export(Checkpoint, ModelPath, options, gate);
        var found = Verification.Find(_folder)!;
        Assert.That(() => found.ThrowUnlessMatches(ModelPath), Throws.Nothing);
        Assert.That(found.Matches(File.ReadAllBytes(ModelPath)));
        Assert.That(found.Model.Precision, Is.EqualTo(Precisions.NameOf(precision)));
        Assert.That(found.Checkpoint.Sha256, Is.EqualTo(Checkpoint.Sha256));
        Assert.That(found.Versions.OnnxRuntime, Does.Match(@"^\d+\.\d+\.\d+$"));
        Assert.That(found.Weights.Values, Is.EqualTo(report.Weights.Values));
        Assert.That(found.Weights.LargestDifference, Is.EqualTo(report.Weights.LargestDifference).Within(5).Percent);
        Assert.That(found.Comparisons.Single().Inputs, Is.EqualTo("random ids, seed 1"));
        Assert.That(
            found.Comparisons[0].Outputs.Select(output => output.LargestDifference),
            Is.EqualTo(report.Parity.Outputs.Select(output => output.LargestAbsolute)).Within(5).Percent);
        Assert.That(found.Accuracy?.Texts, Is.EqualTo(gate is null ? null : 1));
    }

    [Test]
    public void Export_Twice_GivesTheSameVerification()
    {
        Computations.Export(Checkpoint, ModelPath);
        var first = File.ReadAllBytes(Path.Combine(_folder, Verification.FileName));
        Computations.Export(Checkpoint, ModelPath);
        Assert.That(File.ReadAllBytes(Path.Combine(_folder, Verification.FileName)), Is.EqualTo(first));
    }

    // As where the disk is full: what is left is refused, because its sum is of a model that never came.
    [Test]
    public void Export_DataSetThatCannotBeWritten_LeavesNoFileThatClaimsWhatIsNotSo()
    {
        Computations.Export(Checkpoint, ModelPath);
        var foreign = Directory.CreateDirectory(Path.Combine(_folder, "test_data_set_1", "mine"));
        var other = RandomCheckpoint.Create(new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, seed: 12);
        Assert.That(() => Computations.Export(other, ModelPath), Throws.InstanceOf<InvalidInputException>());
        Assert.That(foreign.Exists);
        Assert.That(Verification.Find(_folder)!.Matches(ModelPath), Is.False);
    }

    [Test]
    public void Write_GateThatLosesNothing_LetsTheFileAppearAtADropOfZero()
    {
        var gate = new AccuracyGate(["word3 word4"], [Predicted("word3 word4")], maximumDrop: 0);
        var report = Computations.Export(Checkpoint, ModelPath, new ExportOptions { Precision = Precision.Fp16 }, gate);
        Assert.That(report.Accuracy!.Smaller.Correct, Is.EqualTo(1));
        Assert.That(report.Accuracy.Smaller.Bytes, Is.EqualTo(new FileInfo(ModelPath).Length));
        Assert.That(report.Accuracy.Single.Bytes, Is.GreaterThan(report.Accuracy.Smaller.Bytes));
    }

    [Test]
    public void Write_FolderOfAnotherModel_RefusesAndNamesIt()
    {
        File.WriteAllText(Path.Combine(_folder, "other.onnx"), "other");
        Assert.That(
            () =>
                Computations.Export(Checkpoint, ModelPath), Throws.InstanceOf<InvalidInputException>(
                    ).With.Message.Contains("other.onnx"));
    }

    [Test]
    public void Write_NameOfSomethingElse_SaysHowItMustEnd() => Assert.That(
        () => Computations.Export(Checkpoint, Path.Combine(_folder, "model.txt")),
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains("model.txt").And.Message.Contains(".onnx"));

    private static string Predicted(string text)
    {
        using var stream = new MemoryStream(ModelFile.ToBytes(ClassifierExporter.Export(Checkpoint)));
        using var model = SentimentModel.Load(stream);
        return model.Predict(text).Label;
    }

    private static void Nudge(TensorProto tensor, float by)
    {
        var values = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
        values[0] += by;
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    // Gates are stacked in the second dimension: four blocks of equal size in each direction.
    private static void SwapFirstTwoGates(TensorProto tensor)
    {
        var values = MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
        var gate = values.Length / (int)tensor.Dims[0] / 4 / (tensor.Name.EndsWith('B') ? 2 : 1);
        var first = values[..gate];
        Array.Copy(values, gate, values, 0, gate);
        first.CopyTo(values, gate);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <summary>One text, whose reading cancels.</summary>
    private sealed class CancelingTexts(CancellationTokenSource source) : IReadOnlyList<string>
    {
        public int Count => 1;

        public string this[int index] => "word3";

        public IEnumerator<string> GetEnumerator()
        {
            source.Cancel();
            yield return this[0];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
