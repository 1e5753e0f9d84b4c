using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// Where a host that hands over texts by itself gets something else than Core's encoder: the list of
/// <c>docs/text-input.md</c>, and no more than that.
/// </summary>
public class TextHostTests
{
    private static readonly string[] Words = ["good", "bad", "x", "\ufffd"];

    private InferenceSession _session = null!;

    [OneTimeSetUp]
    public void Load()
    {
        var checkpoint = Texts.Checkpoint(
            TokenizerKind.Keras, new Vocabulary([.. Vocabulary.SpecialTokens, .. Words]), maximumLength: 12);
        var model = ClassifierExporter.Export(checkpoint, new ExportOptions { Input = InputKind.Text });
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        _session = new InferenceSession(ModelFile.ToBytes(model), options);
    }

    [OneTimeTearDown]
    public void Dispose() => _session.Dispose();

    [Test]
    public void Run_TextWithNul_IsWholeHoweverItIsHandedOver()
    {
        var tensor = new DenseTensor<string>(new[] { "good \0 bad" }, [1]);
        using var outputs = _session.Run([NamedOnnxValue.CreateFromTensor(GraphNames.Text, tensor)]);
        var probability = outputs.Single(output => output.Name == GraphNames.Probability).AsTensor<float>()[0];
        Assert.That(probability, Is.EqualTo(Run("good \0 bad"u8)).And.Not.EqualTo(Run("good"u8)));
    }

    [Test]
    public void Run_BytesThatAreNoUtf8_AreAnError([Values("ff", "676f6f64ed", "c3")] string hex) =>
        Assert.That(() => Run(Convert.FromHexString(hex)), Throws.InstanceOf<OnnxRuntimeException>());

    [Test]
    public void Run_NoTextAtAll_IsAnError()
    {
        using var input = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [0]);
        using var options = Options();
        Assert.That(
            () => _session.Run(options, [GraphNames.Text], [input], [GraphNames.Probability]),
            Throws.InstanceOf<OnnxRuntimeException>().With.Message.Contains("must be greater than 0"));
    }

    private static RunOptions Options() => new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

    private float Run(ReadOnlySpan<byte> text)
    {
        using var input = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [1]);
        input.StringTensorSetElementAt(text, 0);
        using var options = Options();
        using var outputs = _session.Run(options, [GraphNames.Text], [input], [GraphNames.Probability]);
        return outputs[0].GetTensorDataAsSpan<float>()[0];
    }
}
