using System.Text;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Reads lines as <see cref="TextReader.ReadLine"/> does, but gives up on one that no text has: a file without line
/// breaks would otherwise be taken into memory as a whole.
/// </summary>
internal static class BoundedLines
{
    /// <summary>In UTF-16 units: 32 MB.</summary>
    public const int MaximumLength = 16 << 20;

    /// <exception cref="InvalidInputException">A line is longer than <paramref name="maximumLength"/>.</exception>
    public static IEnumerable<(string Place, string Text)> Read(
        TextReader reader, string name, int maximumLength = MaximumLength)
    {
        var line = new StringBuilder();
        for (var number = 1; reader.Peek() >= 0; number++)
        {
            var place = $"'{name}', line {number}";
            line.Clear();
            while (reader.Read() is >= 0 and var next && !EndsLine((char)next, reader))
            {
                line.Append((char)next);
                if (line.Length > maximumLength)
                {
                    throw new InvalidInputException(
                        $"{place} has more than {maximumLength} characters, but a text of usual length was " +
                        $"expected: is the file one of texts?");
                }
            }

            yield return (place, line.ToString());
        }
    }

    private static bool EndsLine(char c, TextReader reader)
    {
        if (c == '\r' && reader.Peek() == '\n')
        {
            reader.Read();
        }

        return c is '\r' or '\n';
    }
}
