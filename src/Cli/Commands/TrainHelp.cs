using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>What <c>train --help</c> says below the options, for someone who has never trained a network.</summary>
internal static class TrainHelp
{
    // Those that change most, the first to try first.
    private static readonly string[] MostUseful =
    [
        "epochs", "patience", "learning_rate", "batch_size", "maximum_length", "vocabulary_size", "hidden_size",
        "readout_dropout", "seed", "threads",
    ];

    /// <summary>The command's name.</summary>
    internal const string Command = "train";

    /// <summary>What the exit codes mean; the examples stand above, with their explanations.</summary>
    internal static CommandHelp ExitCodes { get; } = new()
    {
        WrongInput = "wrong usage or data, or a loss that became NaN or infinite",
        Interruption = "interrupted; the finished epochs are kept",
    };

    internal static void Write(TextWriter output)
    {
        output.WriteLine("""
            Examples:
              onnx-sentiment train --data messages.csv --preset quickstart --out checkpoints/messages
                A table with the columns text and label; a column split (train or test) sets texts aside to test on.
              onnx-sentiment train --data messages.csv --text-column body --label-column mood --set epochs=5 --out mood
                The same with other names of columns, and 5 passes over the texts.
              onnx-sentiment train --data imdb --out checkpoints/imdb
                The IMDB film reviews, downloaded once; some minutes.
              onnx-sentiment train --data imdb --out checkpoints/imdb --resume
                Goes on where that was interrupted.

            Presets:
              A preset is a complete list of settings that fit together.
              Begin with one, then change one setting at a time.
            """);
        AlignedText.Write(
            output, PresetTable.Names.Select(name => (string[])[$"  {name}", PresetTable.PurposeOf(name)]));
        output.WriteLine($"""

            The most useful settings, for --set (all of them: --show-settings):
            """);
        AlignedText.Write(output, MostUsefulSettings().Select(s => (string[])[$"  {s.Name}", s.Range, s.Meaning]));
        output.WriteLine($"""

            Results:
              The folder of --out: the weights, {Checkpoint.ConfigFile} with all settings and metrics,
              {Checkpoint.CurvesFile} with loss and accuracy of each epoch as a picture, {Checkpoint.HistoryFile} with
              the same as numbers. `onnx-sentiment export` makes an ONNX file of it.
              Until the training is done, a folder beside it, ending in .resume, keeps the finished epochs for --resume.

            """);
    }

    private static IEnumerable<RecipeSetting> MostUsefulSettings()
    {
        var settings = PresetTable.Get(PresetTable.KerasTutorial).Describe().ToDictionary(setting => setting.Name);
        return MostUseful.Select(name => settings[name]);
    }
}
