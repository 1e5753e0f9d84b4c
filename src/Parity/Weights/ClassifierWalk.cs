using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Parity.ExpectedAttribute;

namespace OnnxSentiment.Parity;

/// <summary>
/// Reads a classifier's graph from its outputs to its input, by the definitions of the operators (onnx.ai) and of the
/// architecture (<see cref="ModelConfig"/>), and hands each constant to the ledger.
/// </summary>
internal sealed class ClassifierWalk
{
    private const string Alpha = "alpha";
    private const string Beta = "beta";
    private const string One = "1";

    private readonly GraphReader _graph;
    private readonly WeightLedger _ledger;
    private readonly Checkpoint _checkpoint;
    private readonly ModelConfig _model;
    private readonly StorageRule _rule;
    private readonly PaddingWalk _padding;
    private readonly RecurrentWalk _recurrent;

    internal ClassifierWalk(GraphReader graph, WeightLedger ledger, Checkpoint checkpoint, ModelMetadata metadata)
    {
        (_graph, _ledger, _checkpoint) = (graph, ledger, checkpoint);
        _model = checkpoint.Config.Model;
        _rule = metadata.Precision == Precision.Fp16 ? new HalfRule() : new SingleRule();
        _padding = new PaddingWalk(graph, ledger, ReadIds);
        var embedding = new EmbeddingWalk(graph, ledger, checkpoint, metadata.Precision, _rule, ReadIds);
        _recurrent = new RecurrentWalk(graph, ledger, checkpoint, metadata.Precision, _rule, embedding, _padding);
        Embedding = embedding;
    }

    private EmbeddingWalk Embedding { get; }

    private bool ReadsText { get; set; }

    private int Outputs => LabelScores.LogitCount(_checkpoint.Config.Labels.Count);

    /// <exception cref="GraphMismatchException">The graph computes something else.</exception>
    internal void Run(InputKind input)
    {
        ReadsText = input == InputKind.Text;
        ReadProbability();
        ReadFeatures(ReadLogit());
        if (ReadsText)
        {
            new LabelWalk(_graph, _ledger).Run(_checkpoint.Config.Labels);
        }
    }

    private void ReadProbability()
    {
        var inputs = Outputs == 1
            ? _graph.Read(GraphNames.Probability, Operators.Sigmoid, 1)
            : _graph.Read(GraphNames.Probability, Operators.Softmax, 1, [Number("axis", -1, otherwise: -1)]);
        _graph.CheckSame(inputs[0], GraphNames.Logit, "the logits");
    }

    private string ReadLogit()
    {
        var inputs = _graph.Read(
            GraphNames.Logit, Operators.Gemm, 3,
            [new(Alpha, One, One), new(Beta, One, One), Number("transA", 0, otherwise: 0), Number("transB", 1)]);
        _ledger.Compare(
            inputs[1], [Outputs, _model.ReadoutSize], _rule,
            WeightPlace.Same(WeightNames.Classifier, _model.ReadoutSize));
        _ledger.Compare(inputs[2], [Outputs], _rule, WeightPlace.Same(WeightNames.ClassifierBias, 1));
        return inputs[0];
    }

    private void ReadFeatures(string features)
    {
        if (!_model.IsRecurrent)
        {
            ReadBag(features);
            return;
        }

        if (_model.Readout == ReadoutKind.Last)
        {
            _recurrent.ReadLast(features);
            return;
        }

        var states = _model.Readout switch
        {
            ReadoutKind.Max => ReadMax(features),
            ReadoutKind.Mean => ReadMean(features),
            ReadoutKind.MaxMean => ReadMaxMean(features),
            ReadoutKind.Attention => ReadAttention(features),
            var readout => throw new InvalidOperationException($"Unknown readout {readout}."),
        };
        _recurrent.ReadStates(states, _model.Layers - 1);
    }

    private void ReadBag(string features)
    {
        var sum = _graph.Read(features, Operators.Relu, 1)[0];
        var inputs = _graph.Read(sum, Operators.Add, 2);
        _ledger.Compare(inputs[1], [_model.EmbeddingSize], _rule, WeightPlace.Same(WeightNames.HiddenBias, 1));
        Embedding.Run(ReadMean(inputs[0]));
    }

    private string ReadMax(string features) =>
        _padding.ReadMasked(_padding.ReadReduced(features, Operators.ReduceMax, axis: 0), float.MinValue);

    private string ReadMean(string features)
    {
        var inputs = _graph.Read(features, Operators.Div, 2);
        _padding.ReadCounts(inputs[1]);
        return _padding.ReadMasked(_padding.ReadReduced(inputs[0], Operators.ReduceSum, axis: 0), 0f);
    }

    private string ReadMaxMean(string features)
    {
        var inputs = _graph.Read(features, Operators.Concat, 2, [Number("axis", 1)]);
        var states = ReadMax(inputs[0]);
        _graph.CheckSame(ReadMean(inputs[1]), states, "the states of the mean");
        return states;
    }

    // u · tanh(W h + b), softmax over time, weighted sum.
    private string ReadAttention(string features)
    {
        var inputs = _graph.Read(
            _padding.ReadReduced(features, Operators.ReduceSum, axis: 0), Operators.Mul, 2);
        var states = _padding.ReadMasked(inputs[0], 0f);
        var masked = _graph.Read(inputs[1], Operators.Softmax, 1, [Number("axis", 0)])[0];
        var scores = _graph.Read(_padding.ReadMasked(masked, float.MinValue), Operators.MatMul, 2);
        var size = _model.OutputSize;
        _ledger.Compare(scores[1], [size, 1], _rule, WeightPlace.Transposed(WeightNames.AttentionContext, 1));
        var sum = _graph.Read(_graph.Read(scores[0], Operators.Tanh, 1)[0], Operators.Add, 2);
        _ledger.Compare(sum[1], [size], _rule, WeightPlace.Same(WeightNames.AttentionProjectionBias, 1));
        var product = _graph.Read(sum[0], Operators.MatMul, 2);
        _ledger.Compare(
            product[1], [size, size], _rule, WeightPlace.Transposed(WeightNames.AttentionProjection, size));
        _graph.CheckSame(product[0], states, "the states of the attention");
        return states;
    }

    private void ReadIds(string ids)
    {
        if (!ReadsText)
        {
            _graph.CheckIsInput(ids, GraphNames.InputIds);
            return;
        }

        _graph.CheckSame(ids, GraphNames.InputIds, "the ids");
        new TextWalk(_graph, _ledger, _checkpoint).Run(ids);
    }
}
