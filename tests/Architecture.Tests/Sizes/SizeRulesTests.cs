namespace OnnxSentiment.Architecture.Tests.Sizes;

/// <summary>That each limit is held at its border, not beyond.</summary>
public class SizeRulesTests
{
    [Test]
    public void CheckLines_OneCharacterTooMany_NamesTheLine()
    {
        var text = $"a\n{new string('b', SizeRules.LongestLine)}\n{new string('c', SizeRules.LongestLine + 1)}\n";

        Assert.That(
            SizeRules.CheckLines("File.cs", text),
            Is.EqualTo(["File.cs:3 has 121 characters; a line has at most 120."]));
    }

    [Test]
    public void CheckFile_OneLineTooMany_IsFound()
    {
        var fits = string.Concat(Enumerable.Repeat("line\n", SizeRules.LongestFile));

        Assert.That(SizeRules.CheckFile("File.cs", fits), Is.Empty);
        Assert.That(SizeRules.CheckFile("File.cs", fits + "line\n"), Has.One.Contains("301 lines"));
    }

    [Test]
    public void CheckMethods_OneLineTooMany_IsFoundWhereItBegins()
    {
        Assert.That(SizeRules.CheckMethods("File.cs", Method(SizeRules.LongestMethod)), Is.Empty);
        Assert.That(
            SizeRules.CheckMethods("File.cs", Method(SizeRules.LongestMethod + 1)),
            Has.One.StartsWith("File.cs:3 begins"));
    }

    [Test]
    public void CheckMethods_AttributesAndLocalFunctions_DoNotCount()
    {
        static string Lines(string line, int count) => string.Concat(Enumerable.Repeat($"{line}\n", count));
        var attributes = Lines("    [TestCase(1)]", SizeRules.LongestMethod);
        var local = $"void Inner()\n        {{\n{Lines("            Run();", 30)}        }}";
        var method = Method(SizeRules.LongestMethod - 20)
            .Replace("    void Run", attributes + "    void Run", StringComparison.Ordinal)
            .Replace("Run();\n    }", local + "\n    }", StringComparison.Ordinal);

        Assert.That(SizeRules.CheckMethods("File.cs", method), Is.Empty);
    }

    private static string Method(int lines)
    {
        var body = string.Concat(Enumerable.Repeat("        Run();\n", lines - 3));
        return $"class Type\n{{\n    void Run()\n    {{\n{body}    }}\n}}\n";
    }
}
