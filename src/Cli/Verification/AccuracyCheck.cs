using System.Diagnostics;
using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.OnnxExporter;
using OnnxSentiment.Runtime;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>
/// What a smaller precision costs on labelled texts: single precision and the smaller file, both in ONNX Runtime.
/// </summary>
internal sealed class AccuracyCheck
{
    /// <summary>Points of percent that may be lost unless the user says otherwise.</summary>
    internal const double DefaultMaximumDrop = 0.2;

    private const int TextsBetweenCancellations = 2048;
    private const double Points = 100;

    private readonly IReadOnlyList<LabeledText> _texts;
    private readonly double _maximumDrop;

    /// <summary>Takes the texts and the points of percent that may be lost.</summary>
    internal AccuracyCheck(IReadOnlyList<LabeledText> texts, double maximumDrop)
    {
        _texts = texts;
        _maximumDrop = maximumDrop;
    }

    /// <summary>Evaluates the checkpoint's export in single precision beside a smaller file.</summary>
    /// <returns>A row for each, ready to print.</returns>
    /// <exception cref="CheckFailedException">More points were lost than allowed.</exception>
    internal IReadOnlyList<string[]> Run(Checkpoint checkpoint, ExportOptions options, string smallerFile, CancellationToken cancellation)
    {
        var single = ModelFile.ToBytes(ClassifierExporter.Export(checkpoint, options with { Precision = Precision.Float32 }));
        var (before, expected) = Evaluate(single, cancellation);
        var smaller = File.ReadAllBytes(smallerFile);
        var (after, actual) = Evaluate(smaller, cancellation);
        string[][] rows =
        [
            ["precision", "bytes", "accuracy", "log loss", "texts", "texts/s", "other labels", "logit", "probability: largest difference"],
            [.. Row(Precision.Float32, single, before), "", "", ""],
            [.. Row(options.Precision, smaller, after), .. Differences(actual, expected)],
        ];
        ThrowIfLost(before, after, options.Precision);
        return rows;
    }

    private static string[] Row(Precision precision, byte[] file, ClassificationReport figures) =>
    [
        Precisions.NameOf(precision), file.Length.ToString("N0", CultureInfo.InvariantCulture),
        Share(figures.Accuracy), Share(figures.LogLoss),
        figures.Count.ToString("N0", CultureInfo.InvariantCulture),
        figures.TextsPerSecond.ToString("N0", CultureInfo.InvariantCulture),
    ];

    private static string[] Differences(List<SentimentPrediction> actual, List<SentimentPrediction> expected)
    {
        var pairs = actual.Zip(expected).ToList();
        return
        [
            pairs.Count(pair => pair.First.Label != pair.Second.Label).ToString("N0", CultureInfo.InvariantCulture),
            Figures.Small(pairs.Max(pair => Largest(pair.First, pair.Second, (p, label) => p.LogOddsOf(label)))),
            Figures.Small(pairs.Max(pair => Largest(pair.First, pair.Second, (p, label) => p.Probabilities[label]))),
        ];
    }

    private static double Largest(SentimentPrediction a, SentimentPrediction b, Func<SentimentPrediction, int, double> of) =>
        Enumerable.Range(0, a.Probabilities.Count).Max(label => Math.Abs(of(a, label) - of(b, label)));

    private static string Share(double value) => value.ToString("0.00000", CultureInfo.InvariantCulture);

    private (ClassificationReport Figures, List<SentimentPrediction> Predictions) Evaluate(byte[] file, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(file);
        using var model = SentimentModel.Load(stream, Runners.OnProcessor);
        var clock = Stopwatch.StartNew();
        var predictions = new List<SentimentPrediction>(_texts.Count);
        foreach (var chunk in _texts.Chunk(TextsBetweenCancellations))
        {
            cancellation.ThrowIfCancellationRequested();
            predictions.AddRange(model.Predict([.. chunk.Select(text => text.Text)]));
        }

        var elapsed = clock.Elapsed;
        return (ClassificationReport.Of(predictions, [.. _texts.Select(text => text.Label)], model.Labels, elapsed), predictions);
    }

    // In whole texts: as a difference of two shares, exactly the allowed drop could come out a hair too large.
    private void ThrowIfLost(ClassificationReport before, ClassificationReport after, Precision precision)
    {
        var lost = before.Confusion.Right - after.Confusion.Right;
        if (lost * Points > _maximumDrop * before.Count)
        {
            throw new CheckFailedException(string.Create(
                CultureInfo.InvariantCulture,
                $"No file was written: {Precisions.NameOf(precision)} loses {lost * Points / before.Count:0.###} points of accuracy ({Share(before.Accuracy)} to {Share(after.Accuracy)} on {before.Count:N0} texts), but at most {_maximumDrop} were allowed. Allow more with --max-accuracy-drop, or export another precision."));
        }
    }
}
