namespace OnnxSentiment.Architecture.Tests.Rules.Samples.Internals;

/// <summary>What must not be.</summary>
public class Shown
{
    public class Nested;
}

internal class Hidden
{
    public class Nested;
}
