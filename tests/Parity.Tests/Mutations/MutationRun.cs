using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity.Tests;

/// <summary>What became of one mutated file.</summary>
internal sealed record MutationResult
{
    internal required string Subject { get; init; }

    internal required int Seed { get; init; }

    internal required Mutation Mutation { get; init; }

    /// <summary>Whether ONNX Runtime refuses to load or to run the file.</summary>
    internal bool Refused { get; init; }

    /// <summary>Whether any input of the large set gets another output, beyond the tolerance.</summary>
    internal bool Changes { get; init; }

    /// <summary>The largest absolute change of an output.</summary>
    internal double LargestChange { get; init; }

    /// <summary>Whether <c>verify</c> fails.</summary>
    internal bool FoundByVerify { get; init; }

    /// <summary>Whether it fails without its comparison of weights.</summary>
    internal bool FoundByValues { get; init; }

    /// <summary>Whether the sum in <c>verification.json</c> is another.</summary>
    internal bool FoundBySum { get; init; }

    /// <summary>Whether the test data beside the file tells.</summary>
    internal bool FoundByStoredData { get; init; }

    /// <summary>Why <c>verify</c> may pass a file like this one, which changes no output; null for no reason.</summary>
    internal string? Excuse => this switch
    {
        { LargestChange: 0 } when Mutation.Target.EndsWith("removed", Ordinal) =>
            "the attribute's default is the value that it had",
        { LargestChange: < 1e-5 } when Mutation.Target.EndsWith("of a scale", Ordinal) =>
            "among the last bits of a scale: moves no weight by more than a millionth of the row's largest",
        { LargestChange: 0 } when Mutation.Target.StartsWith("bit 31 of the constant const.float.0", Ordinal) =>
            "-0 is 0",
        _ => null,
    };

    private const StringComparison Ordinal = StringComparison.Ordinal;

    public override string ToString() => $"{Subject}, seed {Seed}: {Mutation.Description}";
}

/// <summary>Mutates a subject and looks who notices.</summary>
internal static class MutationRun
{
    /// <summary>Makes one variant of a subject; the same seed always gives the same.</summary>
    internal static MutationResult Try(MutationSubject subject, string kind, int seed)
    {
        var model = subject.Model.Clone();
        var mutation = Mutation.Apply(kind, model, new Random(seed));
        var path = Path.Combine(subject.Folder, $"mutant-{seed}.onnx");
        var bytes = ModelFile.ToBytes(model);
        File.WriteAllBytes(path, bytes);
        var result = new MutationResult
        {
            Subject = subject.Name,
            Seed = seed,
            Mutation = mutation,
            FoundBySum = !Verification.Find(subject.Folder)!.Matches(bytes),
        };
        try
        {
            return Judge(subject, path, result);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static MutationResult Judge(MutationSubject subject, string path, MutationResult result)
    {
        try
        {
            using var model = MutationSubject.Load(path);
            var (changes, largest) = subject.Changes(model);
            result = result with { Changes = changes, LargestChange = largest };
        }
        catch (Exception e) when (e is not AssertionException)
        {
            result = result with { Changes = true, Refused = true };
        }

        return result with
        {
            FoundByStoredData = result.Refused || !StoredDataPasses(subject, path),
            FoundByVerify = !Passes(subject, path, check => check.Run(ParityCheck.DefaultSeed, []).Passed),
            FoundByValues = result.Refused || !Passes(subject, path, ValuesPass),
        };
    }

    private static bool ValuesPass(ParityCheck check) =>
        check.CompareDeclared().Count == 0
        && check.CompareStored().Concat(check.CompareRandom(ParityCheck.DefaultSeed)).All(report => report.Passed);

    // An error ends the command with an exit code other than 0, too.
    private static bool Passes(MutationSubject subject, string path, Func<ParityCheck, bool> judge)
    {
        try
        {
            using var check = subject.Check(path);
            return judge(check);
        }
        catch (Exception e) when (e is not AssertionException)
        {
            return false;
        }
    }

    private static bool StoredDataPasses(MutationSubject subject, string path)
    {
        try
        {
            using var model = MutationSubject.Load(path);
            return StoredDataCheck.Run(model, subject.Folder).All(report => report.Passed);
        }
        catch (Exception e) when (e is not AssertionException)
        {
            return false;
        }
    }
}
