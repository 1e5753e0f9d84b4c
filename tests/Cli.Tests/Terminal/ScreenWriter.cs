using System.Text;

namespace OnnxSentiment.Cli.Tests;

/// <summary>What a terminal was sent, for a test that waits until a display's own thread has drawn something.</summary>
internal sealed class ScreenWriter : TextWriter
{
    // Reached only where the display never draws it.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly StringBuilder _text = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Add(text => text.Append(value));

    public override void Write(string? value) => Add(text => text.Append(value));

    public override void Write(char[] buffer, int index, int count) => Add(text => text.Append(buffer, index, count));

    /// <summary>Waits for the text.</summary>
    internal void WaitFor(string drawn)
    {
        lock (_text)
        {
            while (!_text.ToString().Contains(drawn, StringComparison.Ordinal))
            {
                Assert.That(Monitor.Wait(_text, Limit), $"'{drawn}' was never drawn in:\n{_text}");
            }
        }
    }

    public override string ToString()
    {
        lock (_text)
        {
            return _text.ToString();
        }
    }

    private void Add(Action<StringBuilder> append)
    {
        lock (_text)
        {
            append(_text);
            Monitor.PulseAll(_text);
        }
    }
}
