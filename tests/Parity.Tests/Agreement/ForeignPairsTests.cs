using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Core;

namespace OnnxSentiment.Parity.Tests;

/// <summary>Pairs of files from different tools, opsets and precisions, right and wrong.</summary>
public class ForeignPairsTests
{
    private const string Agrees = "";

    // The checked file, the one that it is checked against, and the first value that differs.
    private static readonly (string Actual, string Expected, string First)[] Pairs =
    [
        ("mlp.torch17", "mlp.torch13", Agrees),
        ("cnn.torch17", "cnn.torch13", Agrees),
        ("lstm.torch17", "lstm.torch14", Agrees),
        ("gru.torch17", "gru.torch14", Agrees),
        ("rnn.torch17", "rnn.torch14", Agrees),
        ("attention.torch17", "attention.torch14", Agrees),
        ("mlp.converted", "mlp.torch17", Agrees),
        ("cnn.converted", "cnn.torch13", Agrees),
        ("mlp.double", "mlp.torch13", Agrees),
        ("mlp.fp16", "mlp.torch13", Agrees),
        ("mlp.fp16", "mlp.torch17", Agrees),
        ("cnn.fp16", "cnn.torch17", Agrees),
        ("mlp.qdq", "mlp.torch13", Agrees),
        ("cnn.qdq", "cnn.torch13", Agrees),
        ("mlp.dynamic", "mlp.torch13", Agrees),
        ("cnn.dynamic", "cnn.torch17", Agrees),
        ("mlp.renamed", "mlp.torch17", Agrees),
        ("cnn.renamed", "cnn.torch13", Agrees),
        ("attention.renamed", "attention.torch17", Agrees),
        ("mlp.keras", "mlp.torch13", Agrees),
        ("cnn.keras", "cnn.torch17", Agrees),
        ("packed.torch14", "packed.torch14", Agrees),
        ("mlp.wrong_rows", "mlp.torch13", "/b/Gemm_output_0"),
        ("mlp.wrong_rows", "mlp.keras", "/b/Gemm_output_0"),
        ("mlp.wrong_rows", "mlp.double", "/b/Gemm_output_0"),
        ("mlp.wrong_rows", "mlp.fp16", "/b/Gemm_output_0"),
        ("mlp.wrong_operator", "mlp.torch13", "/Relu_output_0"),
        ("mlp.wrong_operator", "mlp.renamed", "/Relu_output_0"),
        ("mlp.wrong_bias", "mlp.torch17", "/b/Gemm_output_0"),
        ("cnn.wrong_attribute", "cnn.torch17", "/act/LeakyRelu_output_0"),
        ("cnn.wrong_attribute", "cnn.qdq", "/act/LeakyRelu_output_0"),
        ("lstm.wrong_gates", "lstm.torch17", "/layer/LSTM_output_0"),
        ("attention.wrong_row", "attention.renamed", "/embedding/Gather_output_0"),
    ];

    [Test]
    public void Check_ForeignPairs_AreJudgedRightly() => Assert.Multiple(() =>
    {
        Assert.That(Pairs, Has.Length.AtLeast(25));
        foreach (var (actual, expected, first) in Pairs)
        {
            Judge(ForeignFiles.Of(actual), ForeignFiles.Of(expected), first);
        }
    });

    [Test]
    public void Check_FilesThatOnnxRuntimeOptimized_Agree(
        [Values("mlp.torch13", "cnn.torch13", "attention.torch14", "lstm.torch14", "mlp.qdq")] string name,
        [Values(GraphOptimizationLevel.ORT_ENABLE_BASIC, GraphOptimizationLevel.ORT_ENABLE_EXTENDED)]
        GraphOptimizationLevel level)
    {
        using var folder = new TemporaryFolder();
        Judge(ForeignFiles.Optimized(name, level, folder), ForeignFiles.Of(name), Agrees);
    }

    [Test]
    public void Check_FilesOfThisProject_AreJudgedRightly() => Assert.Multiple(() =>
    {
        using var folder = new TemporaryFolder();
        var plain = ForeignFiles.Classifier(folder);
        Judge(ForeignFiles.Classifier(folder, opset: 14), plain, Agrees);
        Judge(ForeignFiles.Classifier(folder, opset: 21), plain, Agrees);
        Judge(ForeignFiles.Classifier(folder, precision: Precision.Fp16), plain, Agrees);
        Judge(ForeignFiles.Classifier(folder, precision: Precision.Int8), plain, Agrees);
        Judge(ForeignFiles.Classifier(folder, seed: 32), plain, "embedding");
    });

    private static void Judge(string actual, string expected, string first)
    {
        var report = ModelAgreement.Check(actual, expected);
        var pair = $"{Path.GetFileName(actual)} against {Path.GetFileName(expected)}";
        Assert.That(report.Passed, Is.EqualTo(first == Agrees), $"{pair}\n{report.ToText()}");
        Assert.That(report.FirstDifference?.Value ?? Agrees, Is.EqualTo(first), $"{pair}\n{report.ToText()}");
    }
}
