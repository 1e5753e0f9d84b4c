using System.Diagnostics;
using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// fastText's classifier, trained on the same 25,000 reviews with pairs of words in 10 epochs: another model, hence
/// another accuracy, and one thread. It gets lower-cased words between blanks, made beforehand, and its model is
/// loaded; the clock runs from the first line sent to the last answer read.
/// </summary>
internal sealed class FastText : IContestant
{
    private const string Program = "fasttext";
    private const string LabelPrefix = "__label__";

    private readonly Reviews _reviews;
    private readonly LineProcess _process;
    private readonly string[] _lines;

    public FastText(Reviews reviews)
    {
        if (!Versions.HasFastText)
        {
            throw new NotHereException("Debian's package fasttext is missing");
        }

        var tokenizer = new Tokenizer(TokenizerKind.Keras); // with signs of punctuation it is right less often
        _reviews = reviews;
        _lines = [.. reviews.Texts.Select(text => LineOf(text, tokenizer))];
        _process = new LineProcess(Program, "predict-prob", Train(reviews.Data, tokenizer), "-");
        _ = _process.Ask("a first line, whose answer says that the model is loaded");
    }

    public string Version => Versions.FastText;

    public Scores Score()
    {
        var start = Stopwatch.GetTimestamp();
        var answers = new string[_lines.Length];
        var writing = Task.Run(() => _process.Write(string.Join('\n', _lines)));
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = _process.Read();
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        writing.Wait();
        return new Scores(seconds, Array.ConvertAll(answers, ProbabilityOf));
    }

    public void Dispose() => _process.Dispose();

    private static string LineOf(string text, Tokenizer tokenizer) => string.Join(' ', tokenizer.Tokenize(text));

    private static string Train(Dataset data, Tokenizer tokenizer)
    {
        var path = Path.Combine(Checkout.Artifacts, $"fasttext-{data.Sha256[..16]}");
        if (!File.Exists(path + ".bin"))
        {
            var lines = data.Train.Select(review => $"{LabelPrefix}{review.Label} {LineOf(review.Text, tokenizer)}")
                .ToArray();
            new Random(1).Shuffle(lines);
            File.WriteAllLines(path + ".txt", lines);
            using var training = Process.Start(
                Program,
                [
                    "supervised", "-input", path + ".txt", "-output", path, "-wordNgrams", "2", "-epoch", "10",
                    "-verbose", "0",
                ]);
            training.WaitForExit();
            File.Delete(path + ".txt");
            File.Delete(path + ".vec");
        }

        return path + ".bin";
    }

    // "__label__positive 0.9": the likelier label and its probability.
    private float ProbabilityOf(string answer)
    {
        var parts = answer.Split(' ');
        var probability = float.Parse(parts[1], CultureInfo.InvariantCulture);
        return parts[0] == LabelPrefix + _reviews.Data.Labels[1] ? probability : 1 - probability;
    }
}
