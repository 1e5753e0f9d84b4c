using System.Diagnostics;
using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// What the process of one <see cref="TrainingFigures"/> does. A process each, because flush-to-zero, the number of
/// threads and how they wait belong to libtorch's workers, and must not pass from one loop to the other.
/// </summary>
internal static class TrainingRun
{
    public const string Command = "training-run";
    public const string Ours = "ours";
    public const string Examples = "examples";
    public const string Loading = "loading";

    public static int Run(string what)
    {
        var figures = what switch
        {
            Ours => OurTraining(),
            Examples => ExampleTraining(),
            Loading => Load(),
            _ => throw new InvalidOperationException(
                $"'{what}' is nothing to measure; known: {Ours}, {Examples}, {Loading}."),
        };
        Console.WriteLine(figures.ToLine());
        return 0;
    }

    // The trainer as a user runs it. It comes first, because it says how libtorch's workers wait before libtorch is
    // loaded.
    private static TrainingFigures OurTraining()
    {
        var sample = TrainingSample.Read();
        SentimentTrainer.Train(TrainingSample.Recipe, TrainingSample.Warm(sample));
        using var product = new MatrixProduct();
        var before = product.OperationsPerSecond();
        var epoch = SentimentTrainer.Train(TrainingSample.Recipe, sample).History.Epochs[0];
        var after = product.OperationsPerSecond();
        var (milliseconds, padding) = StepParts.Measure(TrainingSample.Recipe, sample);
        return new TrainingFigures(
            sample.Train.Count / epoch.Seconds, epoch.TrainLoss, padding, Math.Max(before, after), milliseconds);
    }

    private static TrainingFigures ExampleTraining()
    {
        var sample = TrainingSample.Read();
        ExampleLoop.Run(TrainingSample.Recipe, TrainingSample.Warm(sample));
        return ExampleLoop.Run(TrainingSample.Recipe, sample);
    }

    // As a user waits for it, from the archive to the ids, the compiler's time included.
    private static TrainingFigures Load()
    {
        var start = Stopwatch.GetTimestamp();
        var data = DatasetReader.Read(Reviews.Path(), new DatasetOptions { IncludeUnlabeled = true });
        var prepared = TrainingData.Prepare(data, TrainingSample.Recipe);
        var encoder = new TextEncoder(TrainingSample.Recipe.Text, prepared.Vocabulary);
        var unlabeled = data.Unlabeled.AsParallel().AsOrdered().Select(text => encoder.Encode(text)).ToList();
        return new TrainingFigures(
            Seconds: Stopwatch.GetElapsedTime(start).TotalSeconds, Texts: data.Train.Count + unlabeled.Count);
    }
}
