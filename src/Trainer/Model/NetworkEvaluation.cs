using OnnxSentiment.Core.Text;
using OnnxSentiment.Trainer.Internals.Training;
using OnnxSentiment.Trainer.Training;
using static TorchSharp.torch;

namespace OnnxSentiment.Trainer.Model;

/// <summary>Runs a network without training it.</summary>
public static class NetworkEvaluation
{
    private const int BatchSize = 128;

    /// <summary>The logits of a batch, dropout off.</summary>
    public static float[] Predict(this SentimentNetwork network, TokenBatch texts)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        network.eval();
        return network.Logits(texts).data<float>().ToArray();
    }

    /// <summary>The logits of any number of texts, in their order, dropout off.</summary>
    public static float[] Predict(this SentimentNetwork network, IReadOnlyList<long[]> texts)
    {
        var logits = new float[texts.Count];
        foreach (var batch in BatchPlan.ForEvaluation(texts, BatchSize))
        {
            var results = network.Predict(TokenBatch.Pad([.. batch.Select(text => texts[text])]));
            for (var i = 0; i < batch.Length; i++)
            {
                logits[batch[i]] = results[i];
            }
        }

        return logits;
    }

    /// <summary>Mean binary cross-entropy in nats, and the share of texts classified rightly.</summary>
    public static (double Loss, double Accuracy) Evaluate(this SentimentNetwork network, EncodedTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var logits = network.Predict(texts.Ids);
        var loss = logits.Zip(texts.Targets, CrossEntropy).Average();
        var right = logits.Zip(texts.Targets, (logit, target) => logit >= 0 == target[0] > 0.5f).Count(isRight => isRight);
        return (loss, (double)right / texts.Count);
    }

    // -log sigmoid(±logit), written so that it cannot overflow.
    private static double CrossEntropy(float logit, float[] target)
    {
        var margin = target[0] > 0.5f ? logit : -logit;
        return Math.Max(-margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));
    }
}
