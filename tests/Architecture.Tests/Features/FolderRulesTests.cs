using Microsoft.CodeAnalysis;

namespace OnnxSentiment.Architecture.Tests.Features;

/// <summary>That each rule between folders finds what it is there to find.</summary>
public class FolderRulesTests
{
    [Test]
    public void CheckCycles_TwoFoldersThatUseEachOther_NamesThePlaces()
    {
        var uses = Uses(
            ("A/Left.cs", "class Left { Right? _right; }"),
            ("B/Right.cs", "class Right;\nclass Back { Left? _left; }"));

        Assert.That(FolderRules.CheckCycles(uses), Has.One.Contains("A, B").And.One.Contains("B/Right.cs:2 uses Left"));
    }

    [Test]
    public void CheckCycles_ThreeFoldersInACircle_FindsOneCycle()
    {
        var uses = Uses(
            ("A/One.cs", "class One { Two? _next; }"), ("B/Two.cs", "class Two { Three? _next; }"),
            ("C/Three.cs", "class Three { One? _next; }"), ("D/Four.cs", "class Four { One? _next; }"));

        Assert.That(FolderRules.CheckCycles(uses), Has.One.StartsWith("The folders A, B, C use"));
    }

    [TestCase("static class Limits { public const int Most = Width.Most; }", TestName = "CheckCycles_Constant_IsAUse")]
    [TestCase("class Shown { string _name = nameof(Width); }", TestName = "CheckCycles_Nameof_IsAUse")]
    [TestCase("class Caller { int Twice() => 2.Doubled(); }", TestName = "CheckCycles_ExtensionMethod_IsAUse")]
    [TestCase("class Holder { void Keep() { var width = new System.Collections.Generic.List<Width.Inner>(); } }",
        TestName = "CheckCycles_NestedTypeAsArgument_IsAUse")]
    public void CheckCycles_UseThatIsNoUsing(string user)
    {
        var uses = Uses(
            ("A/User.cs", user + "\npublic class Mark;"),
            ("B/Width.cs", """
                public class Width { public const int Most = 3; public class Inner; Mark? _mark; }
                public static class Numbers { public static int Doubled(this int n) => 2 * n; }
                """));

        Assert.That(FolderRules.CheckCycles(uses), Has.One.Contains("A, B"));
    }

    [Test]
    public void CheckCycles_FolderAndItsInsideThatUseEachOther_FindsThem()
    {
        var uses = Uses(
            ("A/Face.cs", "class Face { Core? _core; }"), ("A/Inner/Core.cs", "class Core { Face? _face; }"));

        Assert.That(FolderRules.CheckCycles(uses), Has.One.Contains("A, A/Inner"));
    }

    [Test]
    public void CheckCycles_RootThatUsesFoldersAndIsNotUsed_FindsNothing()
    {
        var uses = Uses(
            ("Facade.cs", "class Facade { One? _one; }"), ("A/One.cs", "class One { Two? _two; }"),
            ("B/Two.cs", "class Two;"));

        Assert.That(uses, Has.Count.EqualTo(2));
        Assert.That(FolderRules.CheckCycles(uses), Is.Empty);
    }

    [TestCase("B/User.cs")]
    [TestCase("User.cs")]
    [TestCase("AB/User.cs")]
    public void CheckInsides_UseFromAnotherFeature_FindsIt(string user)
    {
        var uses = Uses((user, "class User { Hidden? _hidden; }"), ("A/Inner/Hidden.cs", "class Hidden;"));

        Assert.That(FolderRules.CheckInsides(uses), Has.One.Contains("A/Inner, which A keeps to itself"));
    }

    [TestCase("A/User.cs")]
    [TestCase("A/Other/User.cs")]
    public void CheckInsides_UseFromTheSameFeature_FindsNothing(string user)
    {
        var uses = Uses((user, "class User { Hidden? _hidden; }"), ("A/Inner/Hidden.cs", "class Hidden;"));

        Assert.That(uses, Is.Not.Empty);
        Assert.That(FolderRules.CheckInsides(uses), Is.Empty);
    }

    private static IReadOnlyList<TypeUse> Uses(params (string Path, string Text)[] sources) =>
        TypeUses.Find(sources, [], [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]);
}
