using OnnxSentiment.Core;
using OnnxSentiment.Evaluation;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Comparison;

/// <summary>Measures finished networks, all on the same texts. The test split is held out until here.</summary>
internal sealed class RunEvaluator
{
    private const int MostTextsToVerify = 256;
    private const int MostTextsToTime = 300;
    private const int TextsBetweenCancellations = 2048;

    private readonly TrainingData _data;
    private readonly IReadOnlyList<LabeledText> _test;
    private readonly int[] _lengths;
    private readonly GradientSample _sample;

    internal RunEvaluator(TrainingRecipe recipe, TrainingData data, IReadOnlyList<LabeledText> test)
    {
        _data = data;
        _test = test;
        _sample = GradientSample.Choose(data.Validation, recipe.Training.Seed);
        var tokenizer = new Tokenizer(recipe.Text.Tokenizer);
        _lengths = [.. test.AsParallel().AsOrdered().Select(text => tokenizer.Tokenize(text.Text).Count)];
    }

    /// <summary>The test texts on which an exported file is compared with what was trained.</summary>
    internal IReadOnlyList<string> TextsToVerify() => Evenly(MostTextsToVerify);

    /// <summary>Measures an exported file that was verified.</summary>
    internal ModelRun Measure(
        ModelVariant variant, TrainingRecipe recipe, TrainingResult trained, string modelPath,
        IReadOnlyList<ComparisonReport> verified, CancellationToken cancellation)
    {
        using var model = SentimentModel.Load(modelPath, new SentimentModelOptions { Device = Device.Cpu });
        var isCorrect = Classify(model, [.. _test.Select(text => text.Text)], cancellation)
            .Zip(_test, (label, text) => label == text.Label).ToList();
        var timed = trained.History.Epochs.Where(epoch => epoch.Seconds > 0).Select(epoch => epoch.Seconds).ToList();
        return new ModelRun
        {
            Model = variant.Name,
            Seed = recipe.Training.Seed,
            Parameters = trained.Checkpoint.Weights.Values.Sum(
                weight => weight.Shape.Aggregate(1L, (product, size) => product * size)),
            Epochs = trained.History.Epochs,
            BestEpoch = trained.History.Best!.Epoch,
            SecondsPerEpoch = timed.Count > 0 ? timed.Average() : null,
            FileBytes = new FileInfo(modelPath).Length,
            ParityLargestDifference = LargestDifference(verified),
            TestAccuracy = isCorrect.Average(correct => correct ? 1.0 : 0.0),
            LatencyMilliseconds = Latency.MedianMilliseconds(model, Evenly(MostTextsToTime), cancellation),
            ByLength = LengthBins.Of(_lengths, isCorrect),
            MinimalPairs = MinimalPairs.Score(model.Labels, texts => Classify(model, texts, cancellation)),
            Gradients = variant.ReadsForwards ? FollowBack(recipe, trained, cancellation) : null,
        };
    }

    private static double LargestDifference(IReadOnlyList<ComparisonReport> reports) =>
        reports.SelectMany(report => report.Outputs).Where(output => output.Output == OutputKind.Logit)
            .Max(output => output.LargestAbsolute);

    private static List<string> Classify(
        SentimentModel model, IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        var labels = new List<string>(texts.Count);
        foreach (var chunk in texts.Chunk(TextsBetweenCancellations))
        {
            cancellation.ThrowIfCancellationRequested();
            labels.AddRange(model.Predict(chunk).Select(prediction => prediction.Label));
        }

        return labels;
    }

    private GradientRun FollowBack(TrainingRecipe recipe, TrainingResult trained, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new GradientRun(
            _sample.Ids.Count, _sample.Steps,
            Norms(SentimentTrainer.InitialWeights(recipe, _data)), Norms(trained.Checkpoint.Weights));

        GradientNorms Norms(IReadOnlyDictionary<string, SafetensorsTensor> weights) =>
            GradientProbe.Measure(recipe.Model, weights, _sample.Ids, _sample.Targets, _sample.Steps);
    }

    private string[] Evenly(int most) => [.. EvenSample.Of(_test, most).Select(text => text.Text)];
}
