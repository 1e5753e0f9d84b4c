using System.Globalization;
using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>How well one file classifies labeled texts.</summary>
public sealed record FileAccuracy
{
    /// <summary>How the file stores its weights.</summary>
    public required Precision Precision { get; init; }

    /// <summary>The size of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>The number of texts.</summary>
    public required int Texts { get; init; }

    /// <summary>The number of texts whose label was predicted.</summary>
    public required int Correct { get; init; }

    /// <summary>Mean of -ln(probability given to the true label), in nats.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Speed on the CPU, tokenizing included.</summary>
    public required double TextsPerSecond { get; init; }

    /// <summary>Share of the texts whose label was predicted, 0 to 1.</summary>
    public double Accuracy => (double)Correct / Texts;
}

/// <summary>A smaller file beside the one in single precision, on the same labeled texts.</summary>
public sealed record AccuracyReport
{
    private const int Points = 100;

    /// <summary>The file in single precision.</summary>
    public required FileAccuracy Single { get; init; }

    /// <summary>The smaller file.</summary>
    public required FileAccuracy Smaller { get; init; }

    /// <summary>The percentage points of accuracy that the smaller file may lose.</summary>
    public required double MaximumDrop { get; init; }

    /// <summary>The number of texts to which the two files give different labels.</summary>
    public required int LabelFlips { get; init; }

    /// <summary>The largest absolute difference of a label's log-odds.</summary>
    public required double LargestLogitDifference { get; init; }

    /// <summary>The largest absolute difference of a label's probability.</summary>
    public required double LargestProbabilityDifference { get; init; }

    /// <summary>The percentage points of accuracy that the smaller file loses; negative where it gains.</summary>
    public double LostPoints => Points * (double)Lost / Single.Texts;

    /// <summary>Whether no more is lost than allowed; exactly the allowed drop passes.</summary>
    // In whole texts and decimals: as a difference of two shares, exactly the allowed drop could come out a hair too
    // large.
    public bool Passed => Lost * Points <= (decimal)MaximumDrop * Single.Texts;

    private int Lost => Single.Correct - Smaller.Correct;

    /// <summary>What was lost and allowed, as a sentence.</summary>
    internal string ToSentence() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Precisions.NameOf(Smaller.Precision)} loses {LostPoints:0.###} points of accuracy " +
        $"({Single.Accuracy:0.00000} to {Smaller.Accuracy:0.00000} on {Single.Texts:N0} texts), " +
        $"but at most {MaximumDrop} were allowed. Allow more with --max-accuracy-drop, or export another precision.");
}
