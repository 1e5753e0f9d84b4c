namespace OnnxSentiment.Benchmarks;

/// <summary>A figure that has to be reached.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Figure">What came out.</param>
/// <param name="Limit">What was demanded.</param>
/// <param name="IsAtLeast">Whether more is better.</param>
internal sealed record Bound(string Name, double Figure, double Limit, bool IsAtLeast)
{
    /// <summary>Whether it is reached; what is no number is not.</summary>
    public bool IsMet => IsAtLeast ? Figure >= Limit : Figure <= Limit;

    public static Bound AtLeast(string name, double figure, double limit) => new(name, figure, limit, IsAtLeast: true);

    public static Bound AtMost(string name, double figure, double limit) => new(name, figure, limit, IsAtLeast: false);
}
