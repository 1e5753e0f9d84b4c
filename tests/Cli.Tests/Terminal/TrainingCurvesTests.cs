using OnnxSentiment.Trainer;
using Spectre.Console;

namespace OnnxSentiment.Cli.Tests;

/// <summary>The curves as text, and the display of a training as a terminal gets it.</summary>
public class TrainingCurvesTests
{
    [Test]
    public void Of_FallingAndRising_DrawsBothCurvesWithTheirBoundsAndTheBestEpoch()
    {
        var lines = Draw(width: 62, [(0.6, 0.5), (0.4, 0.3), (0.2, 0.35), (0.1, 0.45)]);

        Assert.That(string.Join('\n', lines), Is.EqualTo("""
            loss                            accuracy
            0.600┤⠁⠠ ⡀                      0.900┤                  ⢀ ⠄⠐ ⠁
                 │⠢⢄⡀ ⠐ ⡀                ⣀       │              ⡀⠐ ⠁
                 │  ⠈⠑⠢⣀ ⠈⠂⢀      ⢀⣀⠤⠤⠒⠊⠉        │      ⣀⠤⠒⠒⠤⠤⠴⠤⣀⣀⡀
                 │      ⠉⠒⠤⠤⠒⠒⠲⠒⠉⠉⠁              │  ⢀⡠⠔⠉ ⢀⠄⠈      ⠈⠉⠒⠒⠤⢄⣀
                 │              ⠁⠠ ⡀             │⠔⠊⠁ ⠠ ⠁                ⠉
            0.100┤                  ⠈ ⠂⠠ ⡀  0.400┤⡀⠐ ⠁
                 └────────▲───────────────       └────────▲───────────────
                  1                      4        1                      4
                  ⠂⠂ train   ⠒⠒ validation   ▲ best: epoch 2
            """));
    }

    [Test]
    public void Of_OneEpoch_DrawsADotForEachCurve()
    {
        var lines = Draw(width: 62, [(0.6, 0.5)]);

        Assert.That(lines[0], Does.StartWith("loss").And.Contain("accuracy"));
        Assert.That(lines[1], Does.StartWith("0.600┤⠁"));
        Assert.That(lines[6], Does.StartWith("0.500┤⡀"));
        Assert.That(lines[^1], Does.Contain("best: epoch 1"));
    }

    [Test]
    public void Of_FlatCurve_HasARangeAllTheSame()
    {
        var lines = Draw(width: 62, [(0.5, 0.5), (0.5, 0.5)]);
        Assert.That(lines[1], Does.StartWith("0.501┤"));
        Assert.That(lines[6], Does.StartWith("0.499┤"));
    }

    [TestCase(60)]
    [TestCase(200)]
    public void Of_ManyEpochs_FillsTheWidthAndNoMore(int width)
    {
        var lines = Draw(width, [.. Enumerable.Range(1, 500).Select(epoch => (1.0 / epoch, 1.1 / epoch))]);
        Assert.That(lines, Has.Count.EqualTo(TrainingCurves.Height));
        Assert.That(lines.Max(line => line.Length), Is.InRange(Math.Min(width, 130) - 8, width));
        Assert.That(lines[8], Does.Match(@"^ {6}1 +500 +1 +500$"));
    }

    [TestCase(100, 40, true, true)]
    [TestCase(59, 40, true, false)]
    [TestCase(100, 15, true, false)]
    [TestCase(100, 40, false, false)]
    public void Fit_SmallTerminalOrNoUnicode_ShowsNone(int width, int height, bool unicode, bool expected) =>
        Assert.That(TrainingCurves.Fit(Terminal(new StringWriter(), width, height, unicode)), Is.EqualTo(expected));

    [Test]
    public void RunOnTerminal_TwoEpochs_ShowsBarLinesAndCurvesAndLeavesTheCurves()
    {
        using var output = new ScreenWriter();
        var result = TrainingDisplay.RunOnTerminal(Terminal(output, 100, 40, unicode: true), observer =>
        {
            observer.OnStage(new TrainingStage("teacher-1", "teacher-1: 64 texts, 2 epochs"));
            observer.OnStep(new TrainingProgress(1, 2, 32, 64, 0.7, 0.5, 1000, 1, 0.001));
            output.WaitFor("left of teacher-1");
            observer.OnStage(new TrainingStage(TrainingStage.Network, "network: 64 texts, 2 epochs"));
            var history = new TrainingHistory { Epochs = [] };
            foreach (var epoch in new[] { 1, 2 })
            {
                observer.OnStep(new TrainingProgress(epoch, 2, 32, 64, 0.7 / epoch, 0.5, 1000, epoch, 0.001));
                history = history.Add(Epoch(epoch, 0.6 / epoch, 0.5 / epoch));
                observer.OnEpoch(history);
                output.WaitFor($"best: epoch {epoch}");
            }

            return 7;
        });

        Assert.That(result, Is.EqualTo(7));
        var text = output.ToString();
        Assert.That(text, Does.Contain("epoch 1/2  32/64").And.Contain("epoch  2  train loss 0.300"));
        Assert.That(
            text, Does.Contain("0:00 left of teacher-1").And.Match("0:00 left(?! of)"),
            "the time is that of a stage; the last one needs no name");
        Assert.That(text.Split("best: epoch 1").Length, Is.GreaterThan(1), "curves while it trains");
        Assert.That(
            text.Split("epoch  2  train")[^1].Split("best: epoch 2").Length, Is.GreaterThan(1), "curves at the end");
        Assert.That(text, Does.Contain("\u001b[Jepoch  1  train"), "what is left of the bar beside a line is erased");
    }

    private static List<string> Draw(int width, IEnumerable<(double Train, double Validation)> losses)
    {
        var history = new TrainingHistory
        {
            Epochs = [.. losses.Select((loss, i) => Epoch(i + 1, loss.Train, loss.Validation))],
        };
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = width;
        console.Write(TrainingCurves.Of(history));
        return [.. output.ToString().TrimEnd().Split('\n').Select(line => line.TrimEnd())];
    }

    private static IAnsiConsole Terminal(TextWriter output, int width, int height, bool unicode)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Out = new AnsiConsoleOutput(output),
        });
        var profile = console.Profile;
        (profile.Width, profile.Height, profile.Capabilities.Unicode) = (width, height, unicode);
        return console;
    }

    private static EpochMetrics Epoch(int epoch, double train, double validation) => new()
    {
        Epoch = epoch,
        TrainLoss = train,
        TrainAccuracy = 1 - train,
        ValidationLoss = validation,
        ValidationAccuracy = 1 - validation,
    };
}
