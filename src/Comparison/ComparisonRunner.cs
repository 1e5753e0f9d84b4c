using OnnxSentiment.Core;
using OnnxSentiment.Parity;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Comparison;

/// <summary>
/// Trains, exports, verifies and measures every variant and seed of a plan on data that are prepared once, and writes
/// the report. What is finished lies on the disk and is not done again. Not thread-safe.
/// </summary>
public sealed class ComparisonRunner
{
    private const string CheckpointFolder = "checkpoint";
    private const string ModelFile = "model.onnx";

    private readonly ComparisonPlan _plan;
    private readonly TrainingData _data;
    private readonly RunEvaluator _evaluator;
    private readonly ComparisonSteps _steps;
    private readonly TextWriter _messages;

    /// <summary>Prepares the data of a plan.</summary>
    /// <param name="plan">What to compare; its folder is open.</param>
    /// <param name="dataset">The texts, with a test split.</param>
    /// <param name="steps">How to train and how to export.</param>
    /// <param name="messages">Progress, a line a step.</param>
    /// <exception cref="InvalidInputException">There is no test split.</exception>
    public ComparisonRunner(ComparisonPlan plan, Dataset dataset, ComparisonSteps steps, TextWriter messages)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(messages);
        if (dataset.Test.Count == 0)
        {
            throw new InvalidInputException(
                $"{dataset.Name} has no test split, but the networks are compared on one: " +
                "give data with train and test, for instance by a column called split.");
        }

        _plan = plan;
        _steps = steps;
        _messages = messages;
        _data = TrainingData.Prepare(dataset, plan.Recipe);
        _evaluator = new RunEvaluator(plan.Recipe, _data, dataset.Test);
    }

    /// <summary>
    /// Runs all that is not finished, the seeds of each variant one after the other, and writes the report.
    /// </summary>
    /// <param name="cancellation">Ends the comparison; finished runs and epochs are kept.</param>
    /// <exception cref="InvalidInputException">
    /// A file of the folder is damaged, or a loss became NaN or infinite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The cancellation was asked for.</exception>
    public ComparisonResult Run(CancellationToken cancellation = default)
    {
        var runs = new List<ModelRun>();
        var total = _plan.Variants.Count * _plan.Seeds.Count;
        foreach (var variant in _plan.Variants)
        {
            foreach (var seed in _plan.Seeds)
            {
                cancellation.ThrowIfCancellationRequested();
                _messages.WriteLine($"{runs.Count + 1} of {total}: {variant.Title}, seed {seed}");
                runs.Add(RunOne(variant, seed, cancellation));
            }
        }

        var summary = ComparisonSummary.Of(_plan, _data.Description, runs);
        ReportFolder.Write(_plan.Folder, summary);
        return new ComparisonResult(
            Path.Combine(_plan.Folder, ReportFolder.MarkdownFile), [.. MainTable.ForTerminal(summary)],
            [.. summary.Models.SelectMany(model => model.Runs.Select(run => ToCheck(model.Title, run)))],
            ReportFolder.ToJson(summary));
    }

    // A run is measured only after its file was verified; what was measured lies on the disk.
    private static CheckResult ToCheck(string title, ModelRun run) => new()
    {
        Group = "parity",
        Name = $"{title}, seed {run.Seed}",
        Outcome = CheckOutcome.Passed,
        Measurements =
        [
            new("logit: largest difference", run.ParityLargestDifference), new("test accuracy", run.TestAccuracy),
        ],
    };

    private ModelRun RunOne(ModelVariant variant, int seed, CancellationToken cancellation)
    {
        var folder = _plan.RunFolder(variant, seed);
        var path = Path.Combine(folder, ModelRun.FileName);
        if (File.Exists(path))
        {
            _messages.WriteLine($"  finished before: {path}");
            return ModelRun.Read(path);
        }

        var recipe = variant.Apply(_plan.Recipe, seed);
        var trained = Train(recipe, Path.Combine(folder, CheckpointFolder), cancellation);
        var modelPath = Path.Combine(folder, ModelFile);
        _messages.WriteLine("Exporting, verifying and measuring …");
        var reports = _steps.Export(trained.Checkpoint, modelPath, _evaluator.TextsToVerify(), cancellation);
        var run = _evaluator.Measure(variant, recipe, trained, modelPath, reports, cancellation);
        run.Write(path);
        return run;
    }

    // A checkpoint without measurements is of a comparison that was interrupted between the two.
    private TrainingResult Train(TrainingRecipe recipe, string folder, CancellationToken cancellation)
    {
        var run = new TrainingRun(folder);
        if (!Checkpoint.Exists(folder))
        {
            return _steps.Train(_data, recipe, run, cancellation);
        }

        run.Forget();
        var history = TrainingHistory.Parse(File.ReadAllText(Path.Combine(folder, Checkpoint.HistoryFile)));
        return new TrainingResult(Checkpoint.Load(folder), history);
    }
}
