using OnnxSentiment.Core;
using OnnxSentiment.Evaluation;
using OnnxSentiment.Parity;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>Measures finished networks, all on the same texts. The test split is looked at here, after all choices.</summary>
internal sealed class RunMeter
{
    private const int TextsToVerify = 256;
    private const int TextsToTime = 300;
    private const int TextsBetweenCancellations = 2048;

    private readonly TrainingData _data;
    private readonly IReadOnlyList<LabeledText> _test;
    private readonly int[] _lengths;
    private readonly GradientSample _sample;
    private readonly TextWriter _messages;
    private readonly CancellationToken _cancellation;

    internal RunMeter(
        TrainingRecipe recipe, TrainingData data, IReadOnlyList<LabeledText> test, TextWriter messages, CancellationToken cancellation)
    {
        _data = data;
        _test = test;
        _messages = messages;
        _cancellation = cancellation;
        _sample = GradientSample.Choose(data.Validation, recipe.Training.Seed);
        var tokenizer = new Tokenizer(recipe.Text.Tokenizer);
        _lengths = [.. test.AsParallel().AsOrdered().Select(text => tokenizer.Tokenize(text.Text).Count)];
    }

    /// <summary>Verifies an exported file and measures it.</summary>
    /// <exception cref="CheckFailedException">The file does not compute what was trained.</exception>
    internal ModelRun Measure(Contestant contestant, TrainingRecipe recipe, TrainingResult trained, string modelPath)
    {
        var difference = Verify(trained, modelPath);
        using var model = SentimentModel.Load(modelPath, new SentimentModelOptions { Device = Device.Cpu });
        var isRight = Classify(model, [.. _test.Select(text => text.Text)]).Zip(_test, (label, text) => label == text.Label).ToList();
        var timed = trained.History.Epochs.Where(epoch => epoch.Seconds > 0).Select(epoch => epoch.Seconds).ToList();
        return new ModelRun
        {
            Model = contestant.Name,
            Seed = recipe.Training.Seed,
            Parameters = trained.Checkpoint.Weights.Values.Sum(weight => weight.Shape.Aggregate(1L, (product, size) => product * size)),
            Epochs = trained.History.Epochs,
            BestEpoch = trained.History.Best!.Epoch,
            SecondsPerEpoch = timed.Count > 0 ? timed.Average() : null,
            FileBytes = new FileInfo(modelPath).Length,
            ParityLargestDifference = difference,
            TestAccuracy = isRight.Average(right => right ? 1.0 : 0.0),
            LatencyMilliseconds = Latency.MedianMilliseconds(model, Evenly(TextsToTime), _cancellation),
            ByLength = LengthBins.Of(_lengths, isRight),
            Complaints = ComplaintSet.Score(model.Labels, texts => Classify(model, texts)),
            Gradients = contestant.ReadsForwards ? FollowBack(recipe, trained) : null,
        };
    }

    private double Verify(TrainingResult trained, string modelPath)
    {
        using var network = TrainedModel.Load(trained.Checkpoint);
        using var check = new ParityCheck(modelPath, trained.Checkpoint, [network.ToRunner()]);
        var reports = VerifyCommand.Verify(check, ParityCheck.DefaultSeed, Evenly(TextsToVerify), _messages, _cancellation);
        return reports.SelectMany(report => report.Outputs).Where(output => output.Output == OutputKind.Logit).Max(output => output.LargestAbsolute);
    }

    private List<string> Classify(SentimentModel model, IReadOnlyList<string> texts)
    {
        var labels = new List<string>(texts.Count);
        foreach (var chunk in texts.Chunk(TextsBetweenCancellations))
        {
            _cancellation.ThrowIfCancellationRequested();
            labels.AddRange(model.Predict(chunk).Select(prediction => prediction.Label));
        }

        return labels;
    }

    private GradientRun FollowBack(TrainingRecipe recipe, TrainingResult trained)
    {
        _cancellation.ThrowIfCancellationRequested();
        return new GradientRun(
            _sample.Ids.Count, _sample.Steps,
            GradientProbe.Measure(recipe.Model, SentimentTrainer.InitialWeights(recipe, _data), _sample.Ids, _sample.Targets, _sample.Steps),
            GradientProbe.Measure(recipe.Model, trained.Checkpoint.Weights, _sample.Ids, _sample.Targets, _sample.Steps));
    }

    private string[] Evenly(int most) => [.. EvenSample.Of(_test, most).Select(text => text.Text)];
}
