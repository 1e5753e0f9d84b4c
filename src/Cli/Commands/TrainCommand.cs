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

    private static readonly DatasetLoader Data = new("What to train on", required: true);

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
        Description = "The checkpoint's folder.",
        Required = true,
    };

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Continue an interrupted training of the same command; starts anew where there is none.",
    };

    private static readonly Option<bool> Restart = new("--restart")
    {
        Description = "Forget an interrupted training and start anew.",
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

    /// <summary>Trains and writes the checkpoint; keeps what a continuation needs until that is done.</summary>
    internal static TrainingResult Train(
        Dataset dataset, TrainingRecipe recipe, string folder, TextWriter messages, CancellationToken cancellation)
    {
        AtomicFolder.CheckReplaceable(folder, Checkpoint.Exists);
        var data = TrainingData.Prepare(dataset, recipe);
        messages.WriteLine(
            $"{dataset.Name}: {data.Train.Count:N0} texts to train on, {data.Validation.Count:N0} to choose the epoch, {data.Test.Count:N0} to test; {data.Vocabulary.Count:N0} ids.");
        var stateFile = StateFile(folder);
        var result = TrainingDisplay.Run(
            messages, observer => SentimentTrainer.Train(recipe, data, stateFile, observer, cancellation));
        result.Save(folder);
        File.Delete(stateFile);
        return result;
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
        var recipe = (arguments.GetValue(Set) ?? []).Aggregate(
            PresetTable.Get(arguments.GetRequiredValue(Preset)), (recipe, assignment) => recipe.With(assignment));
        if (arguments.GetValue(ShowSettings))
        {
            AlignedText.Write(output, recipe.Describe().Select(s => (string[])[s.Name, s.Value]));
            return ExitCode.Done;
        }

        var folder = arguments.GetRequiredValue(Out);
        CheckState(folder, arguments.GetValue(Resume), arguments.GetValue(Restart));
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
    }

    private static void Report(TrainingResult result, string folder, TextWriter output)
    {
        output.WriteLine($"Checkpoint: {folder} (curves in {LearningCurves.FileName})");
        AlignedText.Write(output, result.Checkpoint.Config.Metrics.Select(m => (string[])[m.Key, Figures.Plain(m.Value)]));
    }
}
