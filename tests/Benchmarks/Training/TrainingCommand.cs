using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// How fast training is, beside the machine's yardstick and beside the loop that TorchSharp's examples teach.
/// </summary>
internal static class TrainingCommand
{
    private static readonly int RoundCount = Effort.Rounds(5);

    private static readonly double OperationsPerToken = UsefulArithmetic.OfTraining(TrainingSample.Recipe.Model);

    /// <param name="isCheck">Whether a missed bound ends the run with exit code 1.</param>
    public static int Run(bool isCheck)
    {
        var sample = TrainingSample.Read().Train;
        var operations = OperationsPerToken * TrainingSample.TokensOf(sample) / sample.Count;
        var rounds = Enumerable.Range(1, RoundCount).Select(Measure).ToList();
        var ours = Figures(rounds, round => round.Ours.ExamplesPerSecond);
        var examples = Figures(rounds, round => round.Examples.ExamplesPerSecond);
        var product = Figures(rounds, round => round.Ours.ProductOperations);
        var loading = Figures(rounds, round => round.Loading.Seconds);
        Bound[] bounds =
        [
            Bound.AtLeast(
                "training, useful arithmetic as a share of the float32 matrix product",
                ours.Times(operations).Over(product).Median, 0.5),
            Bound.AtLeast("training, times the loop of TorchSharp's examples", ours.Over(examples).Median, 2),
            Bound.AtMost($"loading and encoding {Format(rounds[0].Loading.Texts, "#,0")} texts, s", loading.Median, 15),
        ];

        var report = new Report("Training", "build/bench.sh train");
        AddLoops(report, rounds, sample.Count, operations);
        AddParts(report, rounds);
        report.Add($"""
            Loading: the archive read once, tokens counted, {Format(rounds[0].Loading.Texts, "#,0")} train texts
            (labeled and unlabeled) and the test texts beside them encoded, in a new process:
            {Format(loading.Median, "0.0")} s ({Format(loading.Minimum, "0.0")} to {Format(loading.Maximum, "0.0")}).
            """);
        Judgement.AddTo(report, bounds);
        report.Save("training.md");
        return isCheck ? Judgement.ExitCode(bounds) : 0;
    }

    private static Round Measure(int number)
    {
        var round = new Round(
            TrainingFigures.Measure(TrainingRun.Ours), TrainingFigures.Measure(TrainingRun.Examples),
            TrainingFigures.Measure(TrainingRun.Loading));
        Console.Error.WriteLine(
            $"round {number}/{RoundCount}  ours {Format(round.Ours.ExamplesPerSecond, "#,0")} examples/s, " +
            $"examples' loop {Format(round.Examples.ExamplesPerSecond, "#,0")}, " +
            $"matrix product {Giga(round.Ours.ProductOperations)} GFLOP/s, " +
            $"loading {Format(round.Loading.Seconds, "0.0")} s");
        return round;
    }

    private static void AddLoops(Report report, IReadOnlyList<Round> rounds, int texts, double operations)
    {
        var model = TrainingSample.Recipe.Model;
        report.Add($"""
            {Format(texts, "#,0")} train reviews of IMDB in batches of {TrainingSample.Recipe.Training.BatchSize}, the
            network of `keras-tutorial` ({model.EmbeddingSize} → 2 × {model.HiddenSize}, at most
            {TrainingSample.Recipe.Text.MaximumLength} ids), its first pass; whole steps, preparation included. Each
            loop in a process of its own, by turns, {RoundCount} rounds, after a few steps to warm up; medians of the
            rounds, ratios round by round. Ours is `SentimentTrainer` as `train` calls it. The other is what
            TorchSharp's examples teach: texts in random order, padded to the longest of the batch, default threads, no
            flush-to-zero; network, texts and optimizer (Adam, its averages included) are the same.
            {Versions.TorchSharp}.
            """);
        var examples = Figures(rounds, round => round.Examples.ExamplesPerSecond);
        report.AddTable(
            [
                "loop", "examples/s", "lowest", "highest", "of the examples' loop", "useful GFLOP/s",
                "of the matrix product", "padding", "mean loss",
            ],
            [
                Row("ours", Figures(rounds, round => round.Ours.ExamplesPerSecond), round => round.Ours),
                Row("that of TorchSharp's examples", examples, round => round.Examples),
            ]);
        var product = Figures(rounds, round => round.Ours.ProductOperations);
        report.Add($"""
            The matrix product: 1,024 × 1,024 in single precision by libtorch on {Environment.ProcessorCount} threads in
            our loop's process, before and after it, the faster one: {Giga(product.Median)} GFLOP/s
            ({Giga(product.Minimum)} to {Giga(product.Maximum)}). Useful arithmetic of a text: three times the forward
            pass's 2 operations · 4 gates · H · (E + H) · 2 directions for each real token, padding not counted:
            {Format(operations / 1e6, "0.0")} million for the mean text.
            """);

        string[] Row(string name, Series speed, Func<Round, TrainingFigures> loop) =>
        [
            name, Format(speed.Median, "#,0"), Format(speed.Minimum, "#,0"), Format(speed.Maximum, "#,0"),
            Format(speed.Over(examples).Median, "0.00"), Giga(speed.Times(operations).Median),
            Format(speed.Times(operations).Over(Figures(rounds, round => round.Ours.ProductOperations)).Median, "0.00"),
            Format(loop(rounds[0]).Padding, "0.0%"), Format(loop(rounds[0]).Loss, "0.000"),
        ];
    }

    private static void AddParts(Report report, IReadOnlyList<Round> rounds)
    {
        report.Add("Where the time goes: the same steps, each part timed on the thread that trains.");
        var parts = StepParts.All
            .Select(part => (Name: part, Time: Figures(rounds, round => round.Ours.Milliseconds![part]).Median))
            .ToList();
        var sum = parts.Sum(part => part.Time);
        report.AddTable(
            ["part", "ms a step", "share"],
            parts.Select(part =>
                (IReadOnlyList<string>)[part.Name, Format(part.Time, "0.0"), Format(part.Time / sum, "0.0%")]));
    }

    private static Series Figures(IReadOnlyList<Round> rounds, Func<Round, double> figure) =>
        new([.. rounds.Select(figure)]);

    private static string Giga(double operations) => Format(operations / 1e9, "0");

    private sealed record Round(TrainingFigures Ours, TrainingFigures Examples, TrainingFigures Loading);
}
