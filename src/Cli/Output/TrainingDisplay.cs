using OnnxSentiment.Trainer.Training;
using Spectre.Console;

namespace OnnxSentiment.Cli.Output;

/// <summary>
/// Shows a training: on a terminal a line that is drawn again and again below the finished epochs, elsewhere a line an
/// epoch and now and then one within.
/// </summary>
internal sealed class TrainingDisplay : ITrainingObserver, IDisposable
{
    private const int BarWidth = 24;
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(30);

    private readonly TextWriter _output;
    private readonly bool _isTerminal;
    private readonly TimeProvider _time;
    private long _lastShown;
    private int _drawnWidth;

    internal TrainingDisplay(TextWriter output, bool? isTerminal = null, TimeProvider? time = null)
    {
        _output = output;
        _isTerminal = isTerminal ?? (ReferenceEquals(output, Console.Error) && !Console.IsErrorRedirected && AnsiConsole.Profile.Capabilities.Interactive);
        _time = time ?? TimeProvider.System;
        _lastShown = _time.GetTimestamp();
    }

    public void OnStep(TrainingProgress progress)
    {
        if (_time.GetElapsedTime(_lastShown) < (_isTerminal ? TerminalInterval : PlainInterval))
        {
            return;
        }

        _lastShown = _time.GetTimestamp();
        if (_isTerminal)
        {
            Draw($"{Bar(progress)} {Describe(progress)}");
        }
        else
        {
            _output.WriteLine(Describe(progress));
        }
    }

    public void OnEpoch(TrainingHistory history)
    {
        Erase();
        var epoch = history.Epochs[^1];
        _output.WriteLine(
            $"epoch {epoch.Epoch,2}  loss {Figures.Share(epoch.TrainLoss)}  accuracy {Figures.Share(epoch.TrainAccuracy)}  " +
            $"validation loss {Figures.Share(epoch.ValidationLoss)}  accuracy {Figures.Share(epoch.ValidationAccuracy)}  " +
            $"{epoch.Seconds:0.0} s{(history.EpochsSinceBest == 0 ? "  best so far" : "")}");
    }

    public void Dispose() => Erase();

    private static string Describe(TrainingProgress progress) =>
        $"epoch {progress.Epoch,2}/{progress.Epochs}  {progress.Examples:N0}/{progress.ExamplesInEpoch:N0}  " +
        $"{progress.ExamplesPerSecond:N0} examples/s  loss {Figures.Share(progress.Loss)}  " +
        $"accuracy {Figures.Share(progress.Accuracy)}  {Figures.Duration(progress.TimeLeft)} left";

    private static string Bar(TrainingProgress progress)
    {
        var done = (progress.Epoch - 1 + ((double)progress.Examples / progress.ExamplesInEpoch)) / progress.Epochs;
        var filled = (int)(done * BarWidth);
        return new string('━', filled) + new string('─', BarWidth - filled);
    }

    private void Draw(string line)
    {
        _output.Write('\r' + line.PadRight(_drawnWidth));
        _drawnWidth = line.Length;
    }

    private void Erase()
    {
        if (_drawnWidth > 0)
        {
            _output.Write('\r' + new string(' ', _drawnWidth) + '\r');
            _drawnWidth = 0;
        }
    }
}
