namespace OnnxSentiment.Parity.Tests;

/// <summary>Reports to be written in every form.</summary>
internal static class Reports
{
    /// <summary>What could end a string, a cell, a tag or a line of some form, and what none can hold.</summary>
    internal const string Hostile =
        "a|b`c``d <e> & \"f\" 'g' ]]> --> * _h_ [i](j) \\ \t\r\nl\0m\u0001\u001B[31m\uFFFE \uD800 \uDC00x ü 好 😀 " +
        "# $k$ ~";

    internal static CheckReport Of(params CheckResult[] checks) => new()
    {
        Command = "verify",
        Subject = "model.onnx",
        Against = "checkpoint",
        Checks = checks,
    };

    internal static CheckResult Check(
        CheckOutcome outcome, string group = "weights", string name = "embedding.weight") => new()
        {
            Group = group,
            Name = name,
            Outcome = outcome,
        };

    /// <summary>A check of each outcome, with measurements and details.</summary>
    internal static CheckReport Mixed { get; } = Of(
        Check(CheckOutcome.Passed) with
        {
            Measurements = [new("texts", 25000), new("largest difference", 1.25e-7, 1e-5), new("flips", 0, 0)],
        },
        Check(CheckOutcome.Failed, name: "output.weight") with
        {
            Message = "Element [0, 3] is 0.5, but 0.25 was expected.",
            Details = "first line\nsecond line",
            Measurements = [new("largest difference", double.NaN, 0)],
        },
        Check(CheckOutcome.Skipped, "accuracy", "int8 against float32") with { Message = "Too few texts." });

    /// <summary>Every text of it is hostile, and so are its numbers.</summary>
    internal static CheckReport HostileReport { get; } = new()
    {
        Command = Hostile,
        Subject = Hostile,
        Against = Hostile,
        Checks = [.. Enum.GetValues<CheckOutcome>().Select(outcome => new CheckResult
        {
            Group = Hostile,
            Name = $"{Hostile} {outcome}",
            Outcome = outcome,
            Message = Hostile,
            Details = Hostile + "\n```\n" + Hostile,
            Measurements =
            [
                new(Hostile, double.PositiveInfinity, double.NegativeInfinity), new("n", double.NaN),
                new("m", double.MaxValue, double.Epsilon),
            ],
        })],
    };
}
