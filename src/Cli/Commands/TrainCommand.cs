using System.CommandLine;
using OnnxSentiment.Cli.Output;
using OnnxSentiment.Core;
using OnnxSentiment.Core.Checkpoints;
using OnnxSentiment.Core.IO;
using OnnxSentiment.Trainer.Data;
using OnnxSentiment.Trainer.Training;
using OnnxSentiment.Trainer.Training.Presets;

namespace OnnxSentiment.Cli.Commands;

/// <summary><c>train</c>: labelled texts in, checkpoint out.</summary>
internal static class TrainCommand
{
    private const string StateSuffix = ".resume.safetensors";

    private static readonly DatasetLoader Data = new("What to train on", required: false);

    private static readonly Option<string> Preset = new("--preset")
    {
        Description = $"The settings to start from: {string.Join(", ", PresetTable.Names)}.",
        DefaultValueFactory = _ => PresetTable.KerasTutorial,
    };

    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "Changes one setting of the preset, for instance --set epochs=3; may be given more than once.",
        HelpName = "name=value",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The checkpoint's folder; needed unless --show-settings is given.",
    };

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Continue an interrupted training of the same command; does nothing where it is finished, and starts where there is none.",
    };

    private static readonly Option<bool> Restart = new("--restart")
    {
        Description = "Start anew: forget an interrupted training, replace a finished checkpoint.",
    };

    private static readonly Option<bool> ShowSettings = new("--show-settings")
    {
        Description = "Print the settings as they would be used, and stop.",
    };

    internal static Command Create()
    {
        var command = new Command("train", "Train a classifier on labelled texts.")
        {
            Preset, Set, Out, Resume, Restart, ShowSettings,
        };
        Data.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Prepares the texts, trains and writes the checkpoint; keeps what a continuation needs until that is done.</summary>
    internal static TrainingResult Train(
        Dataset dataset, TrainingRecipe recipe, string folder, TextWriter messages, CancellationToken cancellation)
    {
        AtomicFolder.CheckReplaceable(folder, Checkpoint.IsReplaceable);
        return Train(TrainingData.Prepare(dataset, recipe), recipe, folder, messages, cancellation);
    }

    /// <summary>As above, on texts that are prepared.</summary>
    internal static TrainingResult Train(
        TrainingData data, TrainingRecipe recipe, string folder, TextWriter messages, CancellationToken cancellation)
    {
        AtomicFolder.CheckReplaceable(folder, Checkpoint.IsReplaceable);
        messages.WriteLine(
            $"{data.Description.Source}: {data.Train.Count:N0} texts to train on, {data.Validation.Count:N0} to choose the epoch, {data.Test.Count:N0} to test; {data.Vocabulary.Count:N0} ids.");
        var stateFile = StateFile(folder);
        using var turn = TakeTurn(stateFile);
        var result = TrainingDisplay.Run(
            messages, observer => SentimentTrainer.Train(recipe, data, stateFile, observer, cancellation));
        result.Save(folder);
        File.Delete(stateFile);
        return result;
    }

    // Two trainings of one folder would replace each other's state; the file goes when the process does, however it ends.
    private static FileStream TakeTurn(string stateFile)
    {
        var path = stateFile + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new InvalidInputException($"Another training holds '{path}': wait for its end, or choose another folder.", e);
        }
    }

    /// <summary>Deletes what an interrupted training of this folder has kept, if there is any.</summary>
    internal static void ForgetState(string folder)
    {
        if (File.Exists(StateFile(folder)))
        {
            File.Delete(StateFile(folder));
        }
    }

    private static string StateFile(string folder) => Path.TrimEndingDirectorySeparator(folder) + StateSuffix;

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var (output, messages) = (arguments.InvocationConfiguration.Output, arguments.InvocationConfiguration.Error);
        var recipe = PresetTable.Get(arguments.GetRequiredValue(Preset)).With(arguments.GetValue(Set) ?? []);
        if (arguments.GetValue(ShowSettings))
        {
            AlignedText.Write(output, recipe.Describe().Select(s => (string[])[s.Name, s.Value]));
            return ExitCode.Done;
        }

        if (arguments.GetValue(Out) is not { Length: > 0 } folder || !Data.IsGiven(arguments))
        {
            throw new InvalidInputException(
                "train needs --data, the texts to learn from, and --out, the folder to write; see `onnx-sentiment train --help`.");
        }

        var (resume, restart) = (arguments.GetValue(Resume), arguments.GetValue(Restart));
        if (resume && !restart && Checkpoint.Exists(folder) && !File.Exists(StateFile(folder)))
        {
            messages.WriteLine($"'{folder}' is a finished checkpoint: nothing to resume.");
            return ExitCode.Done;
        }

        CheckState(folder, resume, restart);
        var dataset = await Data.ReadAsync(arguments, cancellation);
        try
        {
            var result = await Task.Run(() => Train(dataset!, recipe, folder, messages, cancellation), CancellationToken.None);
            Report(result, folder, output);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (File.Exists(StateFile(folder)))
        {
            messages.WriteLine("The finished epochs are kept: repeat the command with --resume to continue.");
            throw;
        }
    }

    private static void CheckState(string folder, bool resume, bool restart)
    {
        var stateFile = StateFile(folder);
        if (restart)
        {
            ForgetState(folder);
        }
        else if (!resume && File.Exists(stateFile))
        {
            throw new InvalidInputException(
                $"'{stateFile}' holds an interrupted training: repeat the command with --resume to continue it, or with --restart to start anew.");
        }
        else if (!resume && Checkpoint.Exists(folder))
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
