using Microsoft.ML;
using Microsoft.ML.Data;
using OnnxSentiment.Core;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// ML.NET's scoring of ONNX files, padded as its fixed column types demand: a prediction engine for each text, or one
/// transformation of the whole list, which ML.NET too computes row by row.
/// </summary>
internal sealed class MlNetScoring : InProcess
{
    private readonly MLContext _context = new();
    private readonly ITransformer _transformer;
    private readonly PredictionEngine<Row, Result> _engine;
    private readonly TextEncoder _encoder;
    private readonly bool _oneByOne;

    public MlNetScoring(IReadOnlyList<string> texts, TextEncoder encoder, string path, bool oneByOne)
        : base(texts)
    {
        var length = encoder.Settings.MaximumLength;
        var shapes = new Dictionary<string, int[]> { [GraphNames.InputIds] = [1, length] };
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[GraphNames.InputIds].ColumnType = new VectorDataViewType(NumberDataViewType.Int64, length);
        _transformer = _context.Transforms
            .ApplyOnnxModel(
                [GraphNames.Probability], [GraphNames.InputIds], path, shapes, gpuDeviceId: null, fallbackToCpu: false)
            .Fit(_context.Data.LoadFromEnumerable<Row>([], schema));
        _engine = _context.Model.CreatePredictionEngine<Row, Result>(_transformer, inputSchemaDefinition: schema);
        (_encoder, _oneByOne, Schema) = (encoder, oneByOne, schema);
    }

    public override string Version => Versions.MlNet;

    private SchemaDefinition Schema { get; }

    public override void Dispose() => _engine.Dispose();

    protected override float[] Compute(IReadOnlyList<string> texts)
    {
        var rows = texts.Select(RowOf);
        return _oneByOne
            ? [.. rows.Select(row => _engine.Predict(row).Probability[0])]
            : [.. _context.Data
                .CreateEnumerable<Result>(
                    _transformer.Transform(_context.Data.LoadFromEnumerable(rows, Schema)), reuseRowObject: true)
                .Select(result => result.Probability[0])];
    }

    private Row RowOf(string text)
    {
        var ids = new long[_encoder.Settings.MaximumLength];
        ids.AsSpan(_encoder.Encode(text, ids)).Clear();
        return new Row { Ids = ids };
    }

    private sealed class Row
    {
        [ColumnName(GraphNames.InputIds)]
        public long[] Ids { get; set; } = [];
    }

    private sealed class Result
    {
        [ColumnName(GraphNames.Probability)]
        public float[] Probability { get; set; } = [];
    }
}
