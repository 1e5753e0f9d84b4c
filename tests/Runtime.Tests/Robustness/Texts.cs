using FsCheck;
using FsCheck.Fluent;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>Makes arbitrary texts: words of the vocabulary, separators, and any UTF-16 units.</summary>
internal static class Texts
{
    private static readonly Gen<string> Word = Gen.Choose(3, 60).Select(id => $"word{id}");

    private static readonly Gen<string> Separator =
        Gen.Elements(" ", "  ", "\n", ", ", "!", "...", "\u00A0", " (", ") ", "\"");

    private static readonly Gen<string> Units =
        Gen.ArrayOf(Gen.Choose(0, 0xFFFF).Select(unit => (char)unit)).Select(units => new string(units));

    private static readonly Gen<string> Long = Gen.Choose(120, 140).Select(length => new string('x', length));

    public static readonly Gen<string> One =
        Gen.ArrayOf(Gen.Frequency((8, Word), (8, Separator), (3, Units), (1, Long))).Select(string.Concat);

    public static readonly Gen<string[]> Many = Gen.ArrayOf(One);
}
