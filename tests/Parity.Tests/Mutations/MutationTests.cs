using System.Collections.Concurrent;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// Files with one thing wrong: whatever gives any input another output is found. <c>build/mutations.sh</c> writes the
/// table into docs/parity.md.
/// </summary>
public class MutationTests
{
    private const string Variable = "ONNX_SENTIMENT_MUTATIONS";
    private const int VariantsOfEachKind = 17;
    private const int Fewest = 2_000;

    private List<MutationResult> _results = [];

    [OneTimeSetUp]
    public void Run()
    {
        var subjects = MutationSubject.All().ToList();
        var variants =
            from subject in subjects.Index()
            from kind in Mutation.Kinds.Index()
            from number in Enumerable.Range(0, VariantsOfEachKind)
            select (Subject: subject.Item, Kind: kind.Item,
                Seed: (subject.Index * 1_000) + (kind.Index * 100) + number);
        var results = new ConcurrentBag<MutationResult>();
        Parallel.ForEach(
            variants, variant => results.Add(MutationRun.Try(variant.Subject, variant.Kind, variant.Seed)));
        _results = [.. results.OrderBy(result => result.Seed)];
        subjects.ForEach(subject => subject.Dispose());
        var table = MutationTable.Of(_results);
        TestContext.Out.WriteLine(table);
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
        {
            File.WriteAllText(path, table);
        }
    }

    [Test, Category("Slow")]
    public void Verify_VariantThatChangesAnyOutput_FindsIt() =>
        Assert.That(_results.Where(result => result.Changes && !result.FoundByVerify), Is.Empty);

    [Test, Category("Slow")]
    public void Verify_VariantThatItPasses_ChangesNothingForAKnownReason() =>
        Assert.That(_results.Where(result => !result.FoundByVerify && result.Excuse is null), Is.Empty);

    [Test, Category("Slow")]
    public void Matches_AnyVariant_IsFalse() =>
        Assert.That(_results.Where(result => !result.FoundBySum), Is.Empty);

    [Test, Category("Slow")]
    public void Variants_AreManyAndMostChangeAnOutput()
    {
        Assert.That(_results, Has.Count.GreaterThanOrEqualTo(Fewest));
        Assert.That(_results.Count(result => result.Changes), Is.GreaterThan(_results.Count / 2));
        foreach (var kind in Mutation.Kinds)
        {
            Assert.That(
                _results.Count(result => result.Mutation.Kind == kind && result.Changes && !result.Refused),
                Is.GreaterThan(20), kind);
        }
    }

    // What verify would miss without its weights, and what the files beside a model are good for by themselves.
    [Test, Category("Slow")]
    public void Values_Alone_MissSome()
    {
        var changed = _results.Where(result => result.Changes).ToList();
        Assert.That(changed.Count(result => !result.FoundByValues), Is.Positive);
        Assert.That(
            changed.Count(result => result.FoundByStoredData),
            Is.LessThanOrEqualTo(changed.Count(result => result.FoundByValues)));
    }
}
