using System.Runtime.InteropServices;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Tests.Shared;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity.Tests;

public class TensorRunnerTests
{
    private static readonly Checkpoint Checkpoint = RandomCheckpoint.Create(
        new ModelConfig { EmbeddingSize = 5, HiddenSize = 4 }, seed: 31);

    private static readonly Array[] Elements =
    [
        new[] { 1.5f, -2f }, new[] { 1.5, double.MaxValue }, new[] { long.MinValue, 3L }, new[] { -1, int.MaxValue },
        new[] { true, false }, new[] { "é", "a\0b" }, new[] { (Half)1.5f, Half.MinValue },
        new[] { (Onnx.BFloat16)1.5f, (Onnx.BFloat16)(-2f) }, new short[] { -2, 3 }, new sbyte[] { -2, 3 },
        new ulong[] { 1, ulong.MaxValue }, new uint[] { 1, uint.MaxValue }, new ushort[] { 1, 65535 },
        new byte[] { 1, 255 },
    ];

    [Test]
    public void Run_Classifier_GivesWhatTheReferenceDoes()
    {
        using var runner = new TensorRunner(ModelFile.ToBytes(ClassifierExporter.Export(Checkpoint)));
        var batch = TokenBatch.Pad([[1, 7, 9], [1]]);
        NamedTensor ids = new(GraphNames.InputIds, [2, 3], batch.Ids.ToArray());
        var expected = new ReferenceEvaluator(Checkpoint).Run(batch);
        Assert.That(runner.Outputs, Is.EqualTo(["logit", "probability"]));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var outputs = runner.Run([ids]);
            Assert.That(outputs.Select(output => output.Name), Is.EqualTo(["logit", "probability"]));
            Assert.That(outputs[0].Shape, Is.EqualTo([2, 1]));
            Assert.That(outputs[0].ToDoubles(), Is.EqualTo(expected.Logits).Within(1e-5));
            Assert.That(outputs[1].ToDoubles(), Is.EqualTo(expected.Probabilities).Within(1e-5));
        }
    }

    [Test]
    public void Run_SomeOutputs_GivesThoseInTheirOrder()
    {
        using var runner = new TensorRunner(ModelFile.ToBytes(ClassifierExporter.Export(Checkpoint)));
        NamedTensor ids = new(GraphNames.InputIds, [1, 1], new[] { 1L });
        Assert.That(
            runner.Run([ids], ["probability", "logit"])
                .Select(output => output.Name), Is.EqualTo(["probability", "logit"]));
    }

    [TestCaseSource(nameof(Elements))]
    public void Run_EveryElement_PassesUnchanged(Array values)
    {
        NamedTensor input = new("x", [1, 2], values);
        using var runner = new TensorRunner(ModelFile.ToBytes(Identity(input.TypeName)));
        var output = runner.Run([input]).Single();
        Assert.That(output.Values, Is.EqualTo(values).And.TypeOf(values.GetType()));
        Assert.That(output.Shape, Is.EqualTo(input.Shape));
    }

    [Test]
    public void Run_InputOfAnotherName_SaysWhy()
    {
        using var runner = new TensorRunner(ModelFile.ToBytes(Identity("float")));
        Assert.That(
            () => runner.Run([new NamedTensor("other", [1, 2], new float[2])]),
            Throws.InvalidOperationException.With.Message.Contains("other"));
    }

    [Test]
    public void Create_BytesOfSomethingElse_AreRefused() =>
        Assert.That(() => new TensorRunner([1, 2, 3]), Throws.InstanceOf<InvalidInputException>());

    // The first optimizations turn (1 / a) · b into b / a, which rounds once instead of twice.
    [TestCase(GraphOptimization.None, 1f / 41f * 41f)]
    [TestCase(GraphOptimization.Basic, 1f)]
    [TestCase(GraphOptimization.All, 1f)]
    public void Run_Optimization_IsAsTheOptionsSay(GraphOptimization optimization, float expected)
    {
        var model = Identity("float");
        model.Graph.Initializer.Add(Tensors.Float("one", [1], [1]));
        model.Graph.Node.Clear();
        model.Graph.Node.Add(new NodeProto { OpType = "Div", Input = { "one", "x" }, Output = { "inverse" } });
        model.Graph.Node.Add(new NodeProto { OpType = "Mul", Input = { "inverse", "x" }, Output = { "y" } });
        using var runner = new TensorRunner(
            ModelFile.ToBytes(model), new TensorRunnerOptions { Optimization = optimization });
        var values = (float[])runner.Run([new("x", [1, 2], new[] { 41f, 1f })])[0].Values;
        Assert.That(1f / 41f * 41f, Is.Not.EqualTo(1f));
        Assert.That(values, Is.EqualTo([expected, 1f]));
    }

    [Test]
    public void IsAvailable_Here_ItIs()
    {
        Assert.That(TensorRunner.IsAvailable(out var problem), problem);
        Assert.That(problem, Is.Empty);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such variable; there the API alone turns it off.")]
    public void Create_Session_TurnsTelemetryOff()
    {
        using var runner = new TensorRunner(ModelFile.ToBytes(Identity("float")));
        Assert.That(
            Marshal.PtrToStringUTF8(GetVariable("ORT_DISABLE_TELEMETRY")), Is.EqualTo("1"), "as native code sees it");
    }

    private static ModelProto Identity(string type)
    {
        var element = Enum.Parse<DataType>(type, ignoreCase: true);
        return new ModelProto
        {
            IrVersion = 8,
            OpsetImport = { new OperatorSetIdProto { Version = 17 } },
            Graph = new GraphProto
            {
                Name = "identity",
                Input = { ValueInfos.Create("x", element, 1, 2) },
                Output = { ValueInfos.Create("y", element, 1, 2) },
                Node = { new NodeProto { OpType = "Identity", Input = { "x" }, Output = { "y" } } },
            },
        };
    }

    [DllImport("libc", EntryPoint = "getenv", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern nint GetVariable(string name);
}
