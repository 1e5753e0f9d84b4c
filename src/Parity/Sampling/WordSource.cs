namespace OnnxSentiment.Parity;

/// <summary>Texts of one to eight made-up words, now and then an empty one.</summary>
internal sealed class WordSource : ValueSource
{
    private static readonly string[] Syllables =
        ["ba", "ke", "li", "mo", "nu", "Ra", "so", "ti", "é", "ü", "-", "1", "20", "!", "ß", "語"];

    internal override double[] Draw(Random random, IReadOnlyList<long> shape, bool isInteger) =>
        throw new InvalidOperationException("Words are no numbers.");

    internal override string[] DrawTexts(Random random, IReadOnlyList<long> shape) => Fill(
        shape,
        () => random.Next(10) == 0
            ? ""
            : string.Join(' ', Enumerable.Range(0, random.Next(1, 9)).Select(_ => Word(random))));

    private static string Word(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Syllables[random.Next(Syllables.Length)]));
}
