using System.CommandLine;
using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary><c>train</c>: labeled texts in, checkpoint out.</summary>
internal static class TrainCommand
{
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

    private static readonly Option<bool> Unlabeled = new("--unlabelled")
    {
        Description = "Learn from the texts without labels too, where the data have some (aclImdb has 50,000).",
    };

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Continue an interrupted training: repeat its command with --resume. " +
            "Starts one where there is none; does nothing where it is finished.",
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
        Description = "Also write event files for TensorBoard into this folder: " +
            "loss, accuracy, learning rate and speed.",
        HelpName = "folder",
    };

    internal static Command Create()
    {
        var command = new Command("train", "Train a classifier on labeled texts.");
        Data.AddTo(command);
        foreach (var option in (Option[])[Out, Preset, Set, ShowSettings, Unlabeled, Resume, Restart, TensorBoard])
        {
            command.Add(option);
        }

        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Prepares the texts, trains and writes the checkpoint, and shows how it goes.</summary>
    /// <param name="dataset">The texts.</param>
    /// <param name="recipe">The settings.</param>
    /// <param name="run">The folder.</param>
    /// <param name="messages">Progress.</param>
    /// <param name="cancellation">Ends the training; the finished epochs are kept.</param>
    /// <param name="tensorBoard">The folder for TensorBoard's files, or null.</param>
    /// <param name="restart">Whether an interrupted training is forgotten, not continued.</param>
    internal static TrainingResult Train(
        Dataset dataset, TrainingRecipe recipe, TrainingRun run, TextWriter messages, CancellationToken cancellation,
        string? tensorBoard = null, bool restart = false)
    {
        run.CheckFolder();
        return Train(TrainingData.Prepare(dataset, recipe), recipe, run, messages, cancellation, tensorBoard, restart);
    }

    /// <summary>As above, on texts that are prepared.</summary>
    internal static TrainingResult Train(
        TrainingData data, TrainingRecipe recipe, TrainingRun run, TextWriter messages, CancellationToken cancellation,
        string? tensorBoard = null, bool restart = false)
    {
        var unlabeled = data.Unlabeled.Count > 0 ? $" {data.Unlabeled.Count:N0} without labels," : "";
        messages.WriteLine(
            $"{data.Description.Source}: {data.Train.Count:N0} texts to train on,{unlabeled} " +
            $"{data.Validation.Count:N0} to choose the epoch, {data.Test.Count:N0} to test; " +
            $"{data.Vocabulary.Count:N0} ids.");
        return TrainingDisplay.Run(messages, display =>
        {
            ITrainingObserver observer = tensorBoard is null
                ? display
                : new ObserverGroup(new TensorBoardLog(tensorBoard), display);
            return run.Train(data, recipe, observer, restart, cancellation);
        });
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (output, messages) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var recipe = PresetTable.Get(arguments.GetRequiredValue(Preset)).With(arguments.GetValue(Set) ?? []);
        if (arguments.GetValue(ShowSettings))
        {
            Describe(recipe, output);
            return ExitCode.Done;
        }

        if (arguments.GetValue(Out) is not { Length: > 0 } folder || !Data.IsGiven(arguments))
        {
            throw new InvalidInputException(
                "train needs --data, the texts to learn from, and --out, the folder to write; " +
                "see `onnx-sentiment train --help`.");
        }

        var (resume, restart) = (arguments.GetValue(Resume), arguments.GetValue(Restart));
        var run = new TrainingRun(folder);
        if (resume && !restart && run.IsFinished)
        {
            messages.WriteLine($"'{folder}' is a finished checkpoint: nothing to resume.");
            return ExitCode.Done;
        }

        if (!resume && !restart)
        {
            CheckIsNew(run);
        }

        return await TrainAsync(arguments, recipe, run, cancellation);
    }

    private static async Task<int> TrainAsync(
        ParseResult arguments, TrainingRecipe recipe, TrainingRun run, CancellationToken cancellation)
    {
        var (output, messages) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var (folder, tensorBoard) = (arguments.GetRequiredValue(Out), arguments.GetValue(TensorBoard));
        var dataset = await ReadAsync(arguments, cancellation);
        try
        {
            var result = await Task.Run(
                () => Train(
                    dataset, recipe, run, messages, cancellation, tensorBoard, arguments.GetValue(Restart)),
                CancellationToken.None);
            Report(result, folder, output);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (run.IsInterrupted)
        {
            messages.WriteLine("The finished epochs are kept: repeat the command with --resume to continue.");
            throw;
        }
    }

    private static void Describe(TrainingRecipe recipe, TextWriter output) => AlignedText.Write(
        output, recipe.Describe().Select(s => (string[])[s.Name, s.Value, $"{s.Meaning} ({s.Range})"]));

    private static async Task<Dataset> ReadAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var unlabeled = arguments.GetValue(Unlabeled);
        var dataset = (await Data.ReadAsync(arguments, cancellation, includeUnlabeled: unlabeled))!;
        return unlabeled && dataset.Unlabeled.Count == 0
            ? throw new InvalidInputException(
                $"--unlabelled was given, but '{dataset.Name}' has no texts without labels: " +
                "leave it out, or give data with train/unsup, as aclImdb has.")
            : dataset;
    }

    private static void CheckIsNew(TrainingRun run)
    {
        if (run.IsInterrupted)
        {
            throw new InvalidInputException(
                $"'{run.StateFolder}' holds an interrupted training: repeat the command with --resume " +
                "to continue it, or with --restart to start again.");
        }

        if (run.IsFinished)
        {
            throw new InvalidInputException(
                $"'{run.Folder}' is a finished checkpoint: choose another folder, or give --restart to replace it.");
        }
    }

    private static void Report(TrainingResult result, string folder, TextWriter output)
    {
        output.WriteLine($"Checkpoint: {folder} (curves in {Checkpoint.CurvesFile})");
        AlignedText.Write(
            output, result.Checkpoint.Config.Metrics.Select(m => (string[])[m.Key, Figures.Plain(m.Value)]));
    }
}
