using System.CommandLine;
using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary><c>train</c>: labelled texts in, checkpoint out.</summary>
internal static class TrainCommand
{
    private const string StateSuffix = ".resume";

    // As the systems name what FileShare.None refuses: Windows, Linux, macOS and the BSDs.
    private static readonly int[] SharingViolations = [unchecked((int)0x80070020), 11, 35];

    private static readonly DatasetLoader Data = new("What to train on", required: false);

    private static readonly Option<string> Preset = new("--preset")
    {
        Description = $"The settings to start from: {string.Join(", ", PresetTable.Names)}; see below.",
        HelpName = "name",
        DefaultValueFactory = _ => PresetTable.KerasTutorial,
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "Change one setting of the preset, for instance --set epochs=3; may be given more than once.",
        HelpName = "name=value",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The folder to write the trained model's checkpoint to; needed unless --show-settings is given.",
        HelpName = "folder",
    };

    private static readonly Option<bool> Unlabelled = new("--unlabelled")
    {
        Description = "Learn from the texts without labels too, where the data have some (aclImdb has 50,000).",
    };

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Continue an interrupted training: repeat its command with --resume. Starts one where there is none; does nothing where it is finished.",
    };

    private static readonly Option<bool> Restart = new("--restart")
    {
        Description = "Start anew: forget an interrupted training, replace a finished checkpoint.",
    };

    private static readonly Option<bool> ShowSettings = new("--show-settings")
    {
        Description = "Print every setting with the value that would be used and its meaning, and stop.",
    };

    private static readonly Option<string?> TensorBoard = new("--tensorboard")
    {
        Description = "Also write event files for TensorBoard into this folder: loss, accuracy, learning rate and speed.",
        HelpName = "folder",
    };

    internal static Command Create()
    {
        var command = new Command("train", "Train a classifier on labelled texts.");
        Data.AddTo(command);
        foreach (var option in (Option[])[Out, Preset, Set, ShowSettings, Unlabelled, Resume, Restart, TensorBoard])
        {
            command.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Prepares the texts, trains and writes the checkpoint; keeps what a continuation needs until that is done.</summary>
    /// <param name="dataset">The texts.</param>
    /// <param name="recipe">The settings.</param>
    /// <param name="folder">The checkpoint's.</param>
    /// <param name="messages">Progress.</param>
    /// <param name="cancellation">See <see cref="SentimentTrainer.Train"/>.</param>
    /// <param name="tensorBoard">The folder for TensorBoard's files, or null.</param>
    /// <param name="restart">Whether an interrupted training of this folder is forgotten, not continued.</param>
    internal static TrainingResult Train(
        Dataset dataset, TrainingRecipe recipe, string folder, TextWriter messages, CancellationToken cancellation,
        string? tensorBoard = null, bool restart = false)
    {
        AtomicFolder.CheckReplaceable(folder, Checkpoint.IsReplaceable);
        return Train(TrainingData.Prepare(dataset, recipe), recipe, folder, messages, cancellation, tensorBoard, restart);
    }

    /// <summary>As above, on texts that are prepared.</summary>
    internal static TrainingResult Train(
        TrainingData data, TrainingRecipe recipe, string folder, TextWriter messages, CancellationToken cancellation,
        string? tensorBoard = null, bool restart = false)
    {
        AtomicFolder.CheckReplaceable(folder, Checkpoint.IsReplaceable);
        messages.WriteLine(
            $"{data.Description.Source}: {data.Train.Count:N0} texts to train on,{(data.Unlabelled.Count > 0 ? $" {data.Unlabelled.Count:N0} without labels," : "")} {data.Validation.Count:N0} to choose the epoch, {data.Test.Count:N0} to test; {data.Vocabulary.Count:N0} ids.");
        var stateFolder = StateFolder(folder);
        Directory.CreateDirectory(stateFolder);
        using var turn = TakeTurn(stateFolder);
        if (restart)
        {
            ForgetState(folder);
            Directory.CreateDirectory(stateFolder);
        }

        var result = TrainingDisplay.Run(messages, display => SentimentTrainer.Train(
            recipe, data, stateFolder, tensorBoard is null ? display : new ObserverGroup(new TensorBoardLog(tensorBoard), display), cancellation));
        result.Save(folder);
        ForgetState(folder);
        return result;
    }

    // Two trainings of one folder would replace each other's state. The lock goes with the process, however it ends; the file may
    // stay after one that was killed, and locks nobody out.
    private static FileStream TakeTurn(string stateFolder)
    {
        var path = stateFolder + ".lock";
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (SharingViolations.Contains(e.HResult))
        {
            throw new InvalidInputException($"Another training holds '{path}': wait for its end, or choose another folder.", e);
        }
    }

    /// <summary>Deletes what an interrupted training of this folder has kept, if there is any.</summary>
    internal static void ForgetState(string folder)
    {
        if (Directory.Exists(StateFolder(folder)))
        {
            Directory.Delete(StateFolder(folder), recursive: true);
        }
    }

    private static bool HasState(string folder) =>
        Directory.Exists(StateFolder(folder)) && Directory.EnumerateFiles(StateFolder(folder)).Any();

    private static string StateFolder(string folder) => Path.TrimEndingDirectorySeparator(folder) + StateSuffix;

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (output, messages) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var recipe = PresetTable.Get(arguments.GetRequiredValue(Preset)).With(arguments.GetValue(Set) ?? []);
        if (arguments.GetValue(ShowSettings))
        {
            AlignedText.Write(output, recipe.Describe().Select(s => (string[])[s.Name, s.Value, $"{s.Meaning} ({s.Range})"]));
            return ExitCode.Done;
        }

        if (arguments.GetValue(Out) is not { Length: > 0 } folder || !Data.IsGiven(arguments))
        {
            throw new InvalidInputException(
                "train needs --data, the texts to learn from, and --out, the folder to write; see `onnx-sentiment train --help`.");
        }

        var (resume, restart) = (arguments.GetValue(Resume), arguments.GetValue(Restart));
        if (resume && !restart && Checkpoint.Exists(folder) && !HasState(folder))
        {
            messages.WriteLine($"'{folder}' is a finished checkpoint: nothing to resume.");
            return ExitCode.Done;
        }

        if (!resume && !restart)
        {
            CheckIsNew(folder);
        }

        var dataset = await Data.ReadAsync(arguments, cancellation, includeUnlabelled: arguments.GetValue(Unlabelled));
        if (arguments.GetValue(Unlabelled) && dataset!.Unlabelled.Count == 0)
        {
            throw new InvalidInputException(
                $"--unlabelled was given, but '{dataset.Name}' has no texts without labels: leave it out, or give data with train/unsup, as aclImdb has.");
        }

        try
        {
            var result = await Task.Run(() => Train(dataset!, recipe, folder, messages, cancellation, arguments.GetValue(TensorBoard), restart), CancellationToken.None);
            Report(result, folder, output);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (HasState(folder))
        {
            messages.WriteLine("The finished epochs are kept: repeat the command with --resume to continue.");
            throw;
        }
    }

    private static void CheckIsNew(string folder)
    {
        if (HasState(folder))
        {
            throw new InvalidInputException(
                $"'{StateFolder(folder)}' holds an interrupted training: repeat the command with --resume to continue it, or with --restart to start anew.");
        }

        if (Checkpoint.Exists(folder))
        {
            throw new InvalidInputException(
                $"'{folder}' is a finished checkpoint: choose another folder, or give --restart to replace it.");
        }
    }

    private static void Report(TrainingResult result, string folder, TextWriter output)
    {
        output.WriteLine($"Checkpoint: {folder} (curves in {Checkpoint.CurvesFile})");
        AlignedText.Write(output, result.Checkpoint.Config.Metrics.Select(m => (string[])[m.Key, Figures.Plain(m.Value)]));
    }
}
