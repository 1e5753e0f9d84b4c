using OnnxSentiment.Core;
using static OnnxSentiment.Benchmarks.Machine;

namespace OnnxSentiment.Benchmarks;

/// <summary>The comparison with other ways to compute the same.</summary>
internal static class ThroughputCommand
{
    private static readonly int RoundCount = Effort.Rounds(7);

    public static int Run()
    {
        var reviews = Reviews.Read();
        var checkpoint = Checkpoint.Load(Checkout.Checkpoint);
        var encoder = new TextEncoder(checkpoint.Config.Text, checkpoint.Vocabulary);
        using var contest = new Contest(reviews, Entries.All(reviews, encoder));
        var (outcomes, product) = contest.Run(RoundCount);
        var operations = UsefulArithmetic.Of(reviews.Texts, encoder, checkpoint.Config.Model) / reviews.Texts.Count;
        Write(outcomes, product, contest.Missing, operations);
        return 0;
    }

    private static void Write(
        IReadOnlyList<Outcome> outcomes, Series product, IReadOnlyList<(string Name, string Reason)> missing,
        double operations)
    {
        var report = new Report("Throughput on real reviews", "build/bench.sh throughput");
        report.Add($"""
            {outcomes[0].Texts:#,0} test reviews of IMDB, the model of `models/imdb`,
            {Checkpoint.Load(Checkout.Checkpoint).Config.Text.MaximumLength} ids at most, from texts to probabilities:
            tokenizing included (ours for all) unless a line says that ids or words are ready. All contestants by turns,
            {RoundCount} rounds after one to warm up; medians. A ratio is computed round by round, and its median shown:
            above 1 is faster than the usual call. Who shares our weights has to give our probabilities; the largest
            difference stands in the last column but one. "Lowest" and "highest" are single rounds and show how steady
            the machine was.
            """);
        var usual = outcomes.Single(outcome => outcome.Entry.Name == Entries.Usual).TextsPerSecond;
        report.AddTable(
            [
                "contestant", "texts/s", "lowest", "highest", "of the usual call", "of the matrix product", "accuracy",
                "differs by", "version",
            ],
            [
                .. outcomes.Select(outcome => Row(outcome, usual, product, operations)),
                .. missing.Select(
                    entry => (IReadOnlyList<string>)[entry.Name, "not here", "", "", "", "", "", "", entry.Reason]),
            ]);
        report.Add($"""
            The matrix product: 1,024 × 1,024 in single precision by libtorch on {Environment.ProcessorCount} threads in
            this process, {Giga(product.Median)} GFLOP/s ({Giga(product.Minimum)} to {Giga(product.Maximum)}), measured
            in every round. Useful arithmetic of a text: 2 operations · 4 gates · H · (E + H) · 2 directions for each
            real token, padding not counted: {Format(operations / 1e6, "0.0")} million operations for the mean text, and
            a share of 0.68 of the product's rate therefore {Format(0.68 * product.Median / operations, "#,0")} texts/s.

            The graphs of PyTorch were written by {Versions.PyTorch} and run in the same ONNX Runtime. TorchSharp
            computes without gradients and without the trainer's flush-to-zero mode; its workers spin no longer than in
            training (`GOMP_SPINCOUNT=2000`).
            """);
        report.Save("throughput.md");
    }

    private static string[] Row(Outcome outcome, Series usual, Series product, double operations)
    {
        var speed = outcome.TextsPerSecond;
        var isLstm = outcome.Entry.SameWeights is not null;
        return
        [
            outcome.Entry.Name, Format(speed.Median, "#,0"), Format(speed.Minimum, "#,0"), Format(speed.Maximum, "#,0"),
            Format(speed.Over(usual).Median, "0.00"),
            isLstm ? Format(speed.Times(operations).Over(product).Median, "0.00") : "–",
            Format(outcome.Accuracy, "0.0000"), isLstm ? Format(outcome.Difference, "0.0e+00") : "–", outcome.Version,
        ];
    }

    private static string Giga(double operations) => Format(operations / 1e9, "0");
}
