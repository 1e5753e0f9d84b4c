using System.Diagnostics;
using OnnxSentiment.Core;
using OnnxSentiment.Trainer;
using static TorchSharp.torch;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// Takes the trainer's steps apart: the same batches on a thread of the same kind, each part timed. The ids' way into
/// tensors, which the network does itself, is done once more to know its time, and that is taken from the forward pass.
/// </summary>
internal static class StepParts
{
    private const string Preparation = "preparation: padding, ids to tensors";
    private const string Forward = "forward pass and loss";
    private const string Backward = "backward pass";
    private const string Optimizer = "optimizer";

    /// <summary>The parts in the order of a step.</summary>
    public static IReadOnlyList<string> All { get; } = [Preparation, Forward, Backward, Optimizer];

    /// <returns>The milliseconds of a mean step by part, and the share of padding in the batches.</returns>
    public static (IReadOnlyDictionary<string, double> Milliseconds, double Padding) Measure(
        TrainingRecipe recipe, TrainingData data) =>
        TrainingThread.Run(recipe.Training.Threads, () => MeasureHere(recipe, data));

    private static (IReadOnlyDictionary<string, double> Milliseconds, double Padding) MeasureHere(
        TrainingRecipe recipe, TrainingData data)
    {
        manual_seed(recipe.Training.Seed);
        var batches = BatchPlan.ForTraining(data.Train, recipe.Training.BatchSize, new Random(recipe.Training.Seed));
        using var workers = new TorchWorkers(Environment.ProcessorCount);
        using var network = new SentimentNetwork(recipe.Model, data.Vocabulary.Count, workers: workers);
        using var optimizer = new NetworkOptimizer(network, recipe.Training, batches.Count);
        network.train();
        var clock = new PartClock();
        var ids = 0.0;
        foreach (var (step, positions) in batches.Index())
        {
            using var scope = NewDisposeScope();
            clock.Start();
            var batch = TokenBatch.Pad([.. positions.Select(i => data.Train.Ids[i])]);
            var targets = tensor(
                positions.SelectMany(i => data.Train.Targets[i]).ToArray(), [positions.Length, network.LogitCount]);
            clock.Lap(Preparation);
            _ = SequenceBatch.From(batch);
            var toTensors = clock.Lap(Preparation);
            var loss = ClassificationLoss.Mean(network.Logits(batch), targets);
            clock.Lap(Forward);
            clock.Add(Forward, -toTensors);
            optimizer.ClearGradients();
            clock.Lap(Optimizer);
            network.Backward(loss);
            clock.Lap(Backward);
            optimizer.Step(step);
            clock.Lap(Optimizer);
            ids += batch.Count * batch.SequenceLength;
        }

        return (clock.Milliseconds(batches.Count), 1 - (TrainingSample.TokensOf(data.Train) / ids));
    }

    private sealed class PartClock
    {
        private readonly Dictionary<string, TimeSpan> _parts = [];
        private long _last;

        public void Start() => _last = Stopwatch.GetTimestamp();

        /// <summary>Counts the time since the last call for a part.</summary>
        public TimeSpan Lap(string part)
        {
            var now = Stopwatch.GetTimestamp();
            var time = Stopwatch.GetElapsedTime(_last, now);
            _last = now;
            Add(part, time);
            return time;
        }

        public void Add(string part, TimeSpan time) => _parts[part] = _parts.GetValueOrDefault(part) + time;

        public IReadOnlyDictionary<string, double> Milliseconds(int steps) =>
            _parts.ToDictionary(part => part.Key, part => part.Value.TotalMilliseconds / steps);
    }
}
