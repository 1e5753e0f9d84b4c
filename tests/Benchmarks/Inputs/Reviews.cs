using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Benchmarks;

/// <summary>The real reviews, and the sample of the test split that every contestant reads.</summary>
/// <param name="Data">All of them.</param>
/// <param name="Sample">Taken evenly from the test split, then shuffled: no contestant gets sorted texts.</param>
internal sealed record Reviews(Dataset Data, IReadOnlyList<LabeledText> Sample)
{
    private const string Variable = "ONNX_SENTIMENT_IMDB";
    private const int Seed = 1;

    private static readonly int SampleSize = Effort.Texts(4_000);

    /// <summary>The texts of the sample.</summary>
    public IReadOnlyList<string> Texts { get; } = [.. Sample.Select(review => review.Text)];

    /// <summary>Reads the archive that the environment names.</summary>
    public static Reviews Read()
    {
        var data = DatasetReader.Read(Path());
        var sample = Enumerable.Range(0, SampleSize)
            .Select(i => data.Test[(int)((long)i * data.Test.Count / SampleSize)]).ToArray();
        new Random(Seed).Shuffle(sample);
        return new Reviews(data, sample);
    }

    /// <summary>The archive that the environment names.</summary>
    public static string Path() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path
        ? path
        : throw new InvalidInputException($"{Variable} is not set; let it name aclImdb_v1.tar.gz.");

    /// <summary>The share of the sample whose label the probabilities give.</summary>
    /// <param name="probabilities">Of the second label, a value a text.</param>
    public double Accuracy(IReadOnlyList<float> probabilities) =>
        Sample.Zip(probabilities, (review, probability) => Data.Labels[probability >= 0.5f ? 1 : 0] == review.Label)
            .Average(isRight => isRight ? 1.0 : 0.0);
}
