using OnnxSentiment.Trainer;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OnnxSentiment.Cli;

/// <summary>
/// Shows a training: a progress bar and curves on a terminal, plain lines elsewhere; a line an epoch on both.
/// </summary>
internal static class TrainingDisplay
{
    private const double BytesInMegabyte = 1e6;

    /// <summary>Runs a training under the display that fits where <paramref name="output"/> leads.</summary>
    internal static T Run<T>(TextWriter output, Func<ITrainingObserver, T> train) =>
        ReferenceEquals(output, Console.Error) && !Console.IsErrorRedirected
            ? RunOnTerminal(ErrorConsole(), train)
            : train(new PlainObserver(output, TimeProvider.System));

    /// <summary>
    /// Runs a training under a progress bar with the curves below it; the curves stay when it is done.
    /// </summary>
    internal static T RunOnTerminal<T>(IAnsiConsole console, Func<ITrainingObserver, T> train)
    {
        TrainingHistory? history = null;
        var result = console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .UseRenderHook((bar, _) => Curves() is { } curves ? new Rows(bar, curves) : bar)
            .Start(context => train(new TerminalObserver(
                console, context.AddTask("starting"), epochs => Volatile.Write(ref history, epochs))));
        if (Curves() is { } last)
        {
            console.Write(last);
        }

        return result;

        // Asked for by the thread that draws, while the one that trains goes on.
        IRenderable? Curves() =>
            Volatile.Read(ref history) is { } epochs && TrainingCurves.Fit(console) ? TrainingCurves.Of(epochs) : null;
    }

    private static IAnsiConsole ErrorConsole() =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    private static string Describe(TrainingProgress progress, string stage) =>
        $"epoch {progress.Epoch}/{progress.Epochs}  {progress.Examples:N0}/{progress.ExamplesInEpoch:N0}  " +
        $"{progress.ExamplesPerSecond:N0} examples/s  loss {Figures.Share(progress.Loss)}  " +
        $"accuracy {Figures.Share(progress.Accuracy)}  {Figures.Duration(progress.TimeLeft)} left" +
        (stage == TrainingStage.Network ? "" : $" of {stage}");

    private static string Describe(TrainingHistory history)
    {
        var epoch = history.Epochs[^1];
        return $"epoch {epoch.Epoch,2}  " +
            $"train loss {Figures.Share(epoch.TrainLoss)} accuracy {Figures.Share(epoch.TrainAccuracy)}  " +
            $"validation loss {Figures.Share(epoch.ValidationLoss)} " +
            $"accuracy {Figures.Share(epoch.ValidationAccuracy)}  " +
            $"{Figures.Plain(epoch.Seconds)} s  {Environment.WorkingSet / BytesInMegabyte:N0} MB" +
            (history.EpochsSinceBest == 0 ? "  best" : "");
    }

    private static string Describe(TrainingStage stage) =>
        IsUnderWay(stage) ? $"{stage.Description}: {stage.Share:0 %}" : stage.Description;

    private static bool IsUnderWay(TrainingStage stage) => stage.Share is > 0 and < 1;

    private sealed class TerminalObserver(
        IAnsiConsole console, ProgressTask task, Action<TrainingHistory> show) : ITrainingObserver
    {
        private string _stage = TrainingStage.Network;

        public void OnStage(TrainingStage stage)
        {
            _stage = stage.Name;
            task.Description = Describe(stage);
            if (!IsUnderWay(stage))
            {
                console.Write(new LineAboveTheBar(Describe(stage)));
            }
        }

        public void OnStep(TrainingProgress progress)
        {
            task.MaxValue = progress.Epochs;
            task.Value = progress.Epoch - 1 + ((double)progress.Examples / progress.ExamplesInEpoch);
            task.Description = Describe(progress, _stage);
        }

        public void OnEpoch(TrainingHistory history)
        {
            show(history);
            console.Write(new LineAboveTheBar(Describe(history)));
        }
    }

    // Written where the bar stood, which is drawn anew below: what is left of it beside a shorter line has to go.
    private sealed class LineAboveTheBar(string text) : Renderable
    {
        private const string EraseToTheEndOfTheScreen = "\u001b[J";

        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        [
            Segment.Control(EraseToTheEndOfTheScreen),
            .. ((IRenderable)new Text(text)).Render(options, maxWidth),
            Segment.LineBreak,
        ];
    }

    private sealed class PlainObserver(TextWriter output, TimeProvider time) : ITrainingObserver
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
        private long _lastShown = time.GetTimestamp();
        private string _stage = TrainingStage.Network;

        public void OnStage(TrainingStage stage)
        {
            _stage = stage.Name;
            Show(Describe(stage), isAlwaysShown: !IsUnderWay(stage));
        }

        public void OnStep(TrainingProgress progress) => Show(Describe(progress, _stage), isAlwaysShown: false);

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
