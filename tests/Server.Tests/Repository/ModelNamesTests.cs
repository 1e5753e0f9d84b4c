namespace OnnxSentiment.Server.Tests;

/// <summary>Which names can lead to a file.</summary>
[Parallelizable]
public class ModelNamesTests
{
    [TestCase("imdb", ExpectedResult = true)]
    [TestCase("Imdb-2.1_x", ExpectedResult = true)]
    [TestCase("7", ExpectedResult = true)]
    [TestCase("", ExpectedResult = false)]
    [TestCase(".", ExpectedResult = false)]
    [TestCase("..", ExpectedResult = false)]
    [TestCase(".git", ExpectedResult = false)]
    [TestCase("a/b", ExpectedResult = false)]
    [TestCase("a\\b", ExpectedResult = false)]
    [TestCase("a b", ExpectedResult = false)]
    [TestCase("a\n", ExpectedResult = false)]
    [TestCase("a\0", ExpectedResult = false)]
    [TestCase("é", ExpectedResult = false)]
    public bool IsName_OfAName_IsWhatAFolderMayBeCalled(string name) => ModelNames.IsName(name);

    [Test]
    public void IsName_TooLong_IsNone() =>
        Assert.That((ModelNames.IsName(new string('a', 64)), ModelNames.IsName(new string('a', 65))),
            Is.EqualTo((true, false)));

    [TestCase("1", ExpectedResult = 1)]
    [TestCase("9223372036854775807", ExpectedResult = long.MaxValue)]
    [TestCase("0", ExpectedResult = -1)]
    [TestCase("01", ExpectedResult = -1)]
    [TestCase("-1", ExpectedResult = -1)]
    [TestCase("1.0", ExpectedResult = -1)]
    [TestCase(" 1", ExpectedResult = -1)]
    [TestCase("٣", ExpectedResult = -1)]
    [TestCase("9223372036854775808", ExpectedResult = -1)]
    [TestCase("", ExpectedResult = -1)]
    public long TryParseVersion_OfAText_IsANumberFromOne(string text) =>
        ModelNames.TryParseVersion(text, out var version) ? version : -1;
}
