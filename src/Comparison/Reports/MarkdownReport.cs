using System.Globalization;

namespace OnnxSentiment.Comparison;

/// <summary>The report as a page of Markdown: tables, pictures, and what each figure is.</summary>
internal static class MarkdownReport
{
    internal static string Format(ComparisonSummary summary) => string.Join('\n', (string[])
    [
        Head(summary),
        MarkdownTable.Format(MainTable.Header, MainTable.Rows(summary)),
        Measured(summary),
        Training,
        Lengths(summary),
        .. ReportFolder.HasGradients(summary) ? (string[])[Gradients(summary)] : [],
        .. ReportFolder.HasMinimalPairs(summary) ? (string[])[MinimalPairsOf(summary)] : [],
        SettingsOf(summary),
    ]);

    private static string Training => $"""
        ## Training

        ![Training loss, validation loss and validation accuracy of all networks]({ReportFolder.CurvesFile})

        """;

    private static string Head(ComparisonSummary summary) => Invariant($"""
        # Networks compared

        One vocabulary, one split, one budget: {summary.Data.Source}, {summary.Data.TrainCount:N0} texts to train on,
        {summary.Data.ValidationCount:N0} to choose each network's epoch, {summary.Data.TestCount:N0} held out to test.
        The networks differ in their cell and their directions alone. Every file was exported as ONNX and compared with
        what was trained before it was measured.

        """);

    private static string Measured(ComparisonSummary summary)
    {
        var (machine, seeds) = (summary.Machine, summary.Models[0].Runs.Count);
        var scope = seeds > 1
            ? $"Figures are means over {seeds} seeds, ± the standard deviation. "
            : "Figures are of a single seed. ";
        return Invariant($"""
            {scope}*An epoch* is the time of its training steps, *one text* the median time of one prediction by the
            runtime library, tokenizing included, on one thread; *largest difference* is that of a logit between
            ONNX Runtime and the reference evaluator in double precision, TorchSharp and the stored outputs.
            {machine.Processor}, {machine.Cores} cores, {machine.System}, {machine.Runtime}.

            """);
    }

    private static string Lengths(ComparisonSummary summary)
    {
        var bins = summary.Models[0].Runs[0].ByLength;
        var table = MarkdownTable.Format(
            ["tokens", .. bins.Select(bin => $"{bin.Shortest}–{bin.Longest}")],
            summary.Models.Select(model => (string[])[model.Title, .. bins.Select((_, i) => AccuracyOf(model, i))]));
        return Invariant($"""
            ## Accuracy by length

            The test texts, sorted by their tokens and cut into {bins.Count} bins of equal numbers.
            A network sees the last {summary.Settings["maximum_length"]} ids of a longer text.

            ![Test accuracy of all networks against the length of the text]({ReportFolder.LengthsFile})

            {table}
            """);
    }

    private static string AccuracyOf(ModelSummary model, int bin) =>
        Numbers.Share(model.Runs.Average(run => run.ByLength[bin].Accuracy));

    private static string Gradients(ComparisonSummary summary)
    {
        var gradients = summary.Models.Select(model => model.Runs[0].Gradients).First(run => run is not null)!;
        var table = MarkdownTable.Format(
            ["state", "weights", "at the last step", "halfway", $"{gradients.Steps - 1} steps back"],
            GradientRows.Of(summary));
        return Invariant($"""
            ## The gradient on its way back

            The norm of the gradient of a text's loss by the state that each step hands to the next: how much that
            step's state still matters. Mean over {gradients.Texts} validation texts of at least {gradients.Steps} ids;
            each text's last {gradients.Steps} states. The cell is run step by step in double precision; automatic
            differentiation gives exact values. The LSTM hands on two states: its output h and its cell state c.

            ![Gradient norms against steps back, at initialization and after training]({ReportFolder.GradientsFile})

            {table}
            """);
    }

    private static string MinimalPairsOf(ComparisonSummary summary)
    {
        var table = MarkdownTable.Format(
            ["network", .. MinimalPairs.All.Select(phenomenon => phenomenon.Title)],
            summary.Models.Select(model => (string[])
                [model.Title, .. MinimalPairs.All.Select((_, i) => CorrectPairs(model, i))]));
        return Invariant($"""
            ## Minimal pairs

            Pairs of short sentences: a word replaced by a synonym, one word changed, the same words in another order, a
            negation. A pair is correct when both of its sentences get their label; a constant answer gets half of the
            synonyms and none of the others.

            ![Share of correct pairs for each phenomenon]({ReportFolder.MinimalPairsFile})

            {table}
            """);
    }

    private static string CorrectPairs(ModelSummary model, int phenomenon)
    {
        var scores = model.Runs.Select(run => run.MinimalPairs[phenomenon]).ToList();
        return $"{scores.Sum(score => score.Correct)}/{scores.Sum(score => score.Pairs)}";
    }

    private static string SettingsOf(ComparisonSummary summary) =>
        $"## Settings\n\n{string.Join(", ", summary.Settings.Select(setting => $"`{setting.Key}={setting.Value}`"))}\n";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
