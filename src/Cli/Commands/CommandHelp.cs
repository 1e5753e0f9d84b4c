namespace OnnxSentiment.Cli;

/// <summary>What a command's help says below its options: examples, and which exit codes it has.</summary>
/// <param name="Examples">Command lines, without the tool's name.</param>
internal sealed record CommandHelp(params IReadOnlyList<string> Examples)
{
    /// <summary>The tool's own name.</summary>
    internal const string Tool = "onnx-sentiment";

    /// <summary>The help of each command, by its name; that of the tool stands under its own.</summary>
    internal static IReadOnlyDictionary<string, CommandHelp> All { get; } = new Dictionary<string, CommandHelp>
    {
        [Tool] = new("quickstart", "predict \"A warm, funny and beautifully acted film.\"")
        {
            Failure = "a check failed: parity, accuracy, a device",
        },
        ["quickstart"] = new("quickstart --out quickstart")
        {
            Failure = "the exported file does not compute what was trained",
        },
        [TrainHelp.Command] = TrainHelp.ExitCodes,
        ["export"] = new(
            "export --checkpoint checkpoints/imdb --out imdb-onnx/model.onnx",
            "export --checkpoint checkpoints/imdb --precision int8 --data imdb --out int8/model.onnx")
        {
            Failure = "the graph computes something else, or loses accuracy; no file is written",
        },
        ["verify"] = new(
            "verify model.onnx --against checkpoints/imdb --data imdb",
            "verify model.onnx --against optimized.onnx --junit verify.xml")
        {
            Failure = "the file computes something else, or nothing could be compared",
        },
        ["evaluate"] = new(
            "evaluate --data imdb --by length",
            "evaluate --model model.onnx --data reviews.csv --minimum-accuracy 0.92")
        {
            Failure = "accuracy is below --minimum-accuracy, or a prediction is not finite",
        },
        ["compare"] = new(
            "compare --data imdb --out comparison --epochs 3", "compare --data imdb --out comparison --resume")
        {
            Failure = "an exported file does not compute what was trained",
            Interruption = "interrupted; finished networks and epochs are kept",
        },
        ["predict"] = new("predict \"Not bad at all.\"", "predict --input reviews.csv --text-column review"),
        ["inspect"] = new("inspect --model any.onnx", "inspect --json") { Interruption = null },
        ["doctor"] = new("doctor", "doctor --device cuda")
        {
            Failure = "the device that was asked for cannot be used",
            Interruption = null,
        },
    };

    /// <summary>When a check fails; null where the command checks nothing.</summary>
    internal string? Failure { get; init; }

    /// <summary>What cannot be worked with.</summary>
    internal string WrongInput { get; init; } = "wrong usage or input: the message says what to do";

    /// <summary>What an interruption leaves; null where the command is too short to be interrupted.</summary>
    internal string? Interruption { get; init; } = "interrupted";

    internal void Write(TextWriter output)
    {
        if (Examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in Examples)
            {
                output.WriteLine($"  onnx-sentiment {example}");
            }

            output.WriteLine();
        }

        output.WriteLine("Exit codes:");
        AlignedText.Write(output, ExitCodes());
    }

    private IEnumerable<string[]> ExitCodes()
    {
        (int Code, string? Meaning)[] codes =
        [
            (ExitCode.Done, "done"), (ExitCode.CheckFailed, Failure), (ExitCode.WrongInput, WrongInput),
            (ExitCode.Interrupted, Interruption),
        ];
        return codes.Where(code => code.Meaning is not null)
            .Select(code => (string[])[$"  {code.Code}", code.Meaning!]);
    }
}
