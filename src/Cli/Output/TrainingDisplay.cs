using OnnxSentiment.Trainer.Training;
using Spectre.Console;

namespace OnnxSentiment.Cli.Output;

/// <summary>Shows a training: a progress bar on a terminal, plain lines elsewhere; a line an epoch on both.</summary>
internal static class TrainingDisplay
{
    private const double BytesInMegabyte = 1e6;

    /// <summary>Runs a training under the display that fits where <paramref name="output"/> leads.</summary>
    internal static T Run<T>(TextWriter output, Func<ITrainingObserver, T> train) =>
        ReferenceEquals(output, Console.Error) && !Console.IsErrorRedirected
            ? RunOnTerminal(train)
            : train(new PlainObserver(output, TimeProvider.System));

    private static T RunOnTerminal<T>(Func<ITrainingObserver, T> train)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => train(new TerminalObserver(console, context.AddTask("starting"))));
    }

    private static string Describe(TrainingProgress progress) =>
        $"epoch {progress.Epoch}/{progress.Epochs}  {progress.Examples:N0}/{progress.ExamplesInEpoch:N0}  " +
        $"{progress.ExamplesPerSecond:N0} examples/s  loss {Figures.Share(progress.Loss)}  " +
        $"accuracy {Figures.Share(progress.Accuracy)}  {Figures.Duration(progress.TimeLeft)} left";

    private static string Describe(TrainingHistory history)
    {
        var epoch = history.Epochs[^1];
        return $"epoch {epoch.Epoch,2}  train loss {Figures.Share(epoch.TrainLoss)} accuracy {Figures.Share(epoch.TrainAccuracy)}" +
            $"  validation loss {Figures.Share(epoch.ValidationLoss)} accuracy {Figures.Share(epoch.ValidationAccuracy)}" +
            $"  {Figures.Plain(epoch.Seconds)} s  {Environment.WorkingSet / BytesInMegabyte:N0} MB{(history.EpochsSinceBest == 0 ? "  best" : "")}";
    }

    private static string Describe(string stage, double? share) =>
        share is > 0 and < 1 ? $"{stage}: {share:0 %}" : stage;

    private sealed class TerminalObserver(IAnsiConsole console, ProgressTask task) : ITrainingObserver
    {
        public void OnStage(string stage, double? share)
        {
            if (share is > 0 and < 1)
            {
                task.Description = Describe(stage, share);
                return;
            }

            console.WriteLine(stage);
        }

        public void OnStep(TrainingProgress progress)
        {
            task.MaxValue = progress.Epochs;
            task.Value = progress.Epoch - 1 + ((double)progress.Examples / progress.ExamplesInEpoch);
            task.Description = Describe(progress);
        }

        public void OnEpoch(TrainingHistory history) => console.WriteLine(Describe(history));
    }

    private sealed class PlainObserver(TextWriter output, TimeProvider time) : ITrainingObserver
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
        private long _lastShown = time.GetTimestamp();

        public void OnStage(string stage, double? share) => Show(Describe(stage, share), isAlwaysShown: share is not (> 0 and < 1));

        public void OnStep(TrainingProgress progress) => Show(Describe(progress), isAlwaysShown: false);

        public void OnEpoch(TrainingHistory history) => output.WriteLine(Describe(history));

        private void Show(string line, bool isAlwaysShown)
        {
            if (isAlwaysShown || time.GetElapsedTime(_lastShown) >= Interval)
            {
                _lastShown = time.GetTimestamp();
                output.WriteLine(line);
            }
        }
    }
}
