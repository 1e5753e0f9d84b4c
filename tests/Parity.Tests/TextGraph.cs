using Microsoft.ML.OnnxRuntime;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.OnnxExporter;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity.Tests;

/// <summary>An exported graph with texts as input whose ids are an output too, so that tests see them.</summary>
internal sealed class TextGraph : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();

    internal TextGraph(Checkpoint checkpoint, Action<ModelProto>? change = null)
    {
        var model = ClassifierExporter.Export(checkpoint, new ExportOptions { Input = InputKind.Text });
        change?.Invoke(model);
        model.Graph.Output.Add(
            ValueInfos.Create(GraphNames.InputIds, DataType.Int64, GraphNames.BatchDimension, Dimension.Unknown));
        _session = new InferenceSession(ModelFile.ToBytes(model));
    }

    /// <summary>The ids of each text, without their padding, which has to stand on the right.</summary>
    internal long[][] Ids(IReadOnlyList<string> texts)
    {
        using var input = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [texts.Count]);
        for (var i = 0; i < texts.Count; i++)
        {
            input.StringTensorSetElementAt(texts[i].AsSpan(), i);
        }

        using var outputs = _session.Run(_options, [GraphNames.Text], [input], [GraphNames.InputIds]);
        var width = (int)outputs[0].GetTensorTypeAndShape().Shape[1];
        return [.. outputs[0].GetTensorDataAsSpan<long>().ToArray().Chunk(width).Select(WithoutPadding)];
    }

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private static long[] WithoutPadding(long[] row)
    {
        var length = Array.FindLastIndex(row, id => id != Vocabulary.PaddingId) + 1;
        Assert.That(row[..length], Has.None.EqualTo(Vocabulary.PaddingId));
        return row[..length];
    }
}
