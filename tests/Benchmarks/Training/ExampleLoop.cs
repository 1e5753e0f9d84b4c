using System.Diagnostics;
using OnnxSentiment.Core;
using OnnxSentiment.Trainer;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// The loop that TorchSharp's examples teach, on the same network, texts, optimizer and size of batch: texts in random
/// order, each batch padded to its longest, libtorch's own number of threads and the processor's ordinary float mode.
/// </summary>
internal static class ExampleLoop
{
    /// <summary>One pass over the train texts.</summary>
    public static TrainingFigures Run(TrainingRecipe recipe, TrainingData data)
    {
        manual_seed(recipe.Training.Seed);
        var order = Enumerable.Range(0, data.Train.Count).ToArray();
        new Random(recipe.Training.Seed).Shuffle(order);
        using var network = new SentimentNetwork(recipe.Model, data.Vocabulary.Count);
        // TorchSharp's own beta2 is another one.
        using var optimizer = optim.Adam(
            network.parameters(), recipe.Training.LearningRate, beta1: 0.9, beta2: 0.999);
        network.train();
        var (lossSum, ids) = (0.0, 0.0);
        var start = Stopwatch.GetTimestamp();
        foreach (var positions in order.Chunk(recipe.Training.BatchSize))
        {
            using var scope = NewDisposeScope();
            var batch = TokenBatch.Pad([.. positions.Select(i => data.Train.Ids[i])]);
            var targets = tensor(
                positions.SelectMany(i => data.Train.Targets[i]).ToArray(), [positions.Length, network.LogitCount]);
            optimizer.zero_grad();
            var logits = network.Logits(batch);
            var loss = binary_cross_entropy_with_logits(logits, targets);
            loss.backward();
            optimizer.step();
            _ = logits.ge(0).eq(targets.gt(0.5)).sum().item<long>();
            lossSum += loss.item<float>() * positions.Length;
            ids += batch.Count * batch.SequenceLength;
        }

        return new TrainingFigures(
            order.Length / Stopwatch.GetElapsedTime(start).TotalSeconds, lossSum / order.Length,
            1 - (TrainingSample.TokensOf(data.Train) / ids));
    }
}
