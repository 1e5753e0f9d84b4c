using System.Text.Json;
using OnnxSentiment.Core;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Cli;

/// <summary>
/// Trains, exports, verifies and measures every network of a plan, one after the other, on data that are prepared once. What is
/// finished lies on the disk and is not done again.
/// </summary>
internal sealed class ComparisonRunner
{
    private const string RunFile = "run.json";
    private const string CheckpointFolder = "checkpoint";
    private const string ModelFile = "model.onnx";

    private readonly ComparisonPlan _plan;
    private readonly TrainingData _data;
    private readonly RunMeter _meter;
    private readonly TextWriter _messages;
    private readonly CancellationToken _cancellation;

    /// <summary>Prepares the data of a plan.</summary>
    /// <exception cref="InvalidInputException">There is no test split.</exception>
    internal ComparisonRunner(ComparisonPlan plan, Dataset dataset, TextWriter messages, CancellationToken cancellation)
    {
        if (dataset.Test.Count == 0)
        {
            throw new InvalidInputException(
                $"{dataset.Name} has no test split, but the networks are compared on one: give data with train and test, for instance by a column called split.");
        }

        _plan = plan;
        _messages = messages;
        _cancellation = cancellation;
        _data = TrainingData.Prepare(dataset, plan.Recipe);
        _meter = new RunMeter(plan.Recipe, _data, dataset.Test, messages, cancellation);
    }

    /// <summary>What the data are, for the report.</summary>
    internal DataDescription Data => _data.Description;

    /// <summary>Runs all that is not finished; the networks in the plan's order, the seeds of each in theirs.</summary>
    internal IReadOnlyList<ModelRun> Run()
    {
        var runs = new List<ModelRun>();
        var total = _plan.Contestants.Count * _plan.Seeds.Count;
        foreach (var contestant in _plan.Contestants)
        {
            foreach (var seed in _plan.Seeds)
            {
                _cancellation.ThrowIfCancellationRequested();
                _messages.WriteLine($"{runs.Count + 1} of {total}: {contestant.Title}, seed {seed}");
                runs.Add(RunOne(contestant, seed));
            }
        }

        return runs;
    }

    private ModelRun RunOne(Contestant contestant, int seed)
    {
        var folder = _plan.RunFolder(contestant, seed);
        var path = Path.Combine(folder, RunFile);
        if (File.Exists(path))
        {
            _messages.WriteLine($"  finished before: {path}");
            return Read(path);
        }

        var recipe = contestant.Apply(_plan.Recipe, seed);
        var trained = Train(recipe, Path.Combine(folder, CheckpointFolder));
        var modelPath = Path.Combine(folder, ModelFile);
        _messages.WriteLine("Exporting, verifying and measuring …");
        CheckpointExport.Write(trained.Checkpoint, modelPath, cancellation: _cancellation);
        var run = _meter.Measure(contestant, recipe, trained, modelPath);
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, run, ComparisonJson.Default.ModelRun));
        return run;
    }

    // A checkpoint without measurements is of a comparison that was interrupted between the two.
    private TrainingResult Train(TrainingRecipe recipe, string folder)
    {
        var run = new TrainingRun(folder);
        if (!Checkpoint.Exists(folder))
        {
            return TrainCommand.Train(_data, recipe, run, _messages, _cancellation);
        }

        run.Forget();
        var history = TrainingHistory.Parse(File.ReadAllText(Path.Combine(folder, Checkpoint.HistoryFile)));
        return new TrainingResult(Checkpoint.Load(folder), history);
    }

    private static ModelRun Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), ComparisonJson.Default.ModelRun)!;
        }
        catch (JsonException e)
        {
            throw new InvalidInputException($"'{path}' is damaged: delete it, and its model will be measured again.", e);
        }
    }
}
