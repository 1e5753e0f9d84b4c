using OnnxSentiment.Core;

namespace OnnxSentiment.Parity.Tests;

public class InputRuleTests
{
    private static readonly Random Random = new(1);

    [Test]
    public void Parse_RangeAndShape_AreBoth()
    {
        var rule = InputRule.Parse("ids=0..9,[2,seq]");
        Assert.That((rule.Name, rule.File), Is.EqualTo(("ids", (string?)null)));
        Assert.That(rule.Shape!.Select(size => size.ToString()), Is.EqualTo(["2", "seq"]));
        var numbers = rule.Values!.Draw(Random, [2000], isInteger: true);
        Assert.That(numbers.Distinct().Order(), Is.EqualTo(Enumerable.Range(0, 10)));
    }

    [Test]
    public void Parse_RealRange_IsKept()
    {
        var numbers = InputRule.Parse("x=-0.5..0.5").Values!.Draw(Random, [1000], isInteger: false);
        Assert.That(numbers, Has.All.InRange(-0.5, 0.5));
        Assert.That(numbers.Distinct().Count(), Is.GreaterThan(900));
    }

    [Test]
    public void Parse_Normal_HasMeanZeroAndDeviationOne()
    {
        var numbers = InputRule.Parse("x=normal,[1]").Values!.Draw(Random, [10_000], isInteger: false);
        Assert.That(numbers.Average(), Is.EqualTo(0).Within(0.05));
        Assert.That(numbers.Select(number => number * number).Average(), Is.EqualTo(1).Within(0.05));
    }

    [TestCase("sr=8000|16000", "8000 16000")]
    [TestCase("sr=8000", "8000")]
    public void Parse_Choices_AreDrawn(string rule, string expected) => Assert.That(
        InputRule.Parse(rule).Values!.Draw(Random, [50], isInteger: true).Distinct().Order(),
        Is.EqualTo(expected.Split(' ').Select(double.Parse)));

    [Test]
    public void Parse_Words_AreForStringsAlone()
    {
        var rule = InputRule.Parse("text=good|bad, worse");
        Assert.That(rule.Values!.DrawTexts(Random, [30]).Distinct().Order(), Is.EqualTo(["bad, worse", "good"]));
        Assert.That(
            () => rule.Values.Draw(Random, [1], isInteger: true),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("an input of numbers"));
    }

    [Test]
    public void Parse_FileOrShape_AreTakenAlone()
    {
        Assert.That(InputRule.Parse("x=in/a.npy").File, Is.EqualTo("in/a.npy"));
        var rule = InputRule.Parse("x=[]");
        Assert.That((rule.Values, rule.Shape!.Count), Is.EqualTo(((ValueSource?)null, 0)));
    }

    [TestCase("ids")]
    [TestCase("=0..1")]
    [TestCase("ids=")]
    [TestCase("ids=9..0")]
    [TestCase("ids=0..x")]
    [TestCase("ids=uniform")]
    [TestCase("ids=0..1,[2")]
    [TestCase("ids=0..1,[2]3")]
    [TestCase("ids=[-1]")]
    [TestCase("x=a.npy,[2]")]
    public void Parse_AnythingElse_NamesTheForms(string text) => Assert.That(
        () => InputRule.Parse(text),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains($"'{text}'").And.Message.Contains("0..9999"));
}
