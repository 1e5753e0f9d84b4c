using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// A word's row of the shipped model overwritten: random texts meet such a word rarely, and its weights always tell.
/// </summary>
public class ShippedWordTests
{
    private static readonly Checkpoint Checkpoint = Checkpoint.Load(Path.Combine(Checkout.ImdbModel, "checkpoint"));

    [TestCase("awful")]
    [TestCase("waste")]
    [TestCase("worst")]
    [TestCase("boring")]
    [TestCase("excellent")]
    [TestCase("refreshing")]
    public void Run_OneWordsRowOverwritten_NamesTheRow(string word)
    {
        var model = ModelFile.Read(Path.Combine(Checkout.ImdbModel, "model.onnx"));
        var (table, row) = (model.Graph.Initializer.Single(t => t.Name == "embedding.weight"), RowOf(word));
        var bytes = table.RawData.ToByteArray();
        var columns = (int)table.Dims[1];
        MemoryMarshal.Cast<byte, float>(bytes.AsSpan()).Slice(row * columns, columns).Clear();
        table.RawData = ByteString.CopyFrom(bytes);
        var report = WeightCheck.Run(model, Checkpoint);
        Assert.That(report.Passed, Is.False);
        Assert.That(report.Failures.Single(), Does.Contain($"embedding.weight[{row}, 0]"));
        Assert.That(report.Comparisons[0].Different, Is.EqualTo(columns));
    }

    [TestCase("")]
    [TestCase("int8")]
    public void Find_ShippedModel_IsTheOneThatWasVerified(string folder)
    {
        var path = Path.Combine(Checkout.ImdbModel, folder);
        var verification = Verification.Find(path)!;
        Assert.That(() => verification.ThrowUnlessMatches(Path.Combine(path, "model.onnx")), Throws.Nothing);
        Assert.That(verification.Checkpoint.Sha256, Is.EqualTo(Checkpoint.Sha256));
        Assert.That(verification.Model.Precision, Is.EqualTo(folder.Length == 0 ? "float32" : folder));
    }

    private static int RowOf(string word)
    {
        var id = Checkpoint.Vocabulary.IdOf(word);
        Assert.That(id, Is.GreaterThanOrEqualTo(Vocabulary.FirstWordId), $"'{word}' is in the vocabulary");
        return id;
    }
}
