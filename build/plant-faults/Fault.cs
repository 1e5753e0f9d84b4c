namespace OnnxSentiment.PlantFaults;

/// <summary>One fault of the manifest.</summary>
/// <param name="Id">A short name, the same for as long as the fault is.</param>
/// <param name="File">Below the root; if it moved, a file of that name elsewhere in src/ serves as well.</param>
/// <param name="Old">Tokens that are there once in the file; white space does not count.</param>
/// <param name="New">What stands there instead.</param>
/// <param name="Why">What a user would lose.</param>
/// <param name="Tests">
/// What is run until a test fails, in this order: a project below tests/, or <c>project:part|part</c> for those of its
/// tests that have one of the parts in their names.
/// </param>
internal sealed record Fault(string Id, string File, string Old, string New, string Why, string[] Tests)
{
    public IEnumerable<TestRun> Runs => Tests.Select(test => test.Split(':') is [var project, var parts]
        ? new TestRun(project, string.Join('|', parts.Split('|').Select(part => $"FullyQualifiedName~{part}")))
        : new TestRun(test, Filter: null));
}

/// <summary>Tests of a project.</summary>
/// <param name="Project">The folder below tests/, without <c>.Tests</c>.</param>
/// <param name="Filter">As <c>dotnet test --filter</c> reads it; null for all tests.</param>
internal sealed record TestRun(string Project, string? Filter);
