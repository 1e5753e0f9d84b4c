namespace OnnxSentiment.Cli.Tests;

public class BrailleCanvasTests
{
    // The eight dots of a character as Unicode numbers them: 1 2 3 7 down the left, 4 5 6 8 down the right.
    [TestCase(0, 3, '⠁')]
    [TestCase(0, 2, '⠂')]
    [TestCase(0, 1, '⠄')]
    [TestCase(0, 0, '⡀')]
    [TestCase(1, 3, '⠈')]
    [TestCase(1, 2, '⠐')]
    [TestCase(1, 1, '⠠')]
    [TestCase(1, 0, '⢀')]
    public void Dot_EachOfACharacter_IsTheRightOne(int x, int y, char expected)
    {
        var canvas = new BrailleCanvas(columns: 1, rows: 1);
        canvas.Dot(x, y);
        Assert.That(canvas[0, 0], Is.EqualTo(expected));
    }

    [Test]
    public void Line_FromCornerToCorner_Rises()
    {
        var canvas = new BrailleCanvas(columns: 4, rows: 2);
        canvas.Line((0, 0), (7, 7));
        Assert.That(Lines(canvas, 2, 4), Is.EqualTo(new[] { "⠀⠀⡠⠊", "⡠⠊⠀⠀" }));
    }

    [Test]
    public void Line_EveryThirdDot_LeavesGaps()
    {
        var canvas = new BrailleCanvas(columns: 4, rows: 1);
        canvas.Line((0, 0), (7, 0), every: 3);
        Assert.That(Lines(canvas, 1, 4), Is.EqualTo(new[] { "⡀⢀⠀⡀" }));
    }

    [TestCase(-1, 0)]
    [TestCase(0, -1)]
    [TestCase(2, 0)]
    [TestCase(0, 4)]
    public void Dot_Outside_IsLeftOut(int x, int y)
    {
        var canvas = new BrailleCanvas(columns: 1, rows: 1);
        canvas.Dot(x, y);
        Assert.That(canvas.HasDots(0, 0), Is.False);
    }

    private static IEnumerable<string> Lines(BrailleCanvas canvas, int rows, int columns) =>
        Enumerable.Range(0, rows).Select(
            row => string.Concat(Enumerable.Range(0, columns).Select(column => canvas[row, column])));
}
