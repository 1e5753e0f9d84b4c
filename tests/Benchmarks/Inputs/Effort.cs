namespace OnnxSentiment.Benchmarks;

/// <summary>
/// How much is measured: all that figures need or, with <c>ONNX_SENTIMENT_BENCH_TRIAL=1</c>, as little as shows that it
/// works. A trial writes no results.
/// </summary>
internal static class Effort
{
    public static bool IsTrial { get; } = Environment.GetEnvironmentVariable("ONNX_SENTIMENT_BENCH_TRIAL") == "1";

    public static int Rounds(int count) => IsTrial ? 1 : count;

    // A multiple of 32: PyTorch's packed graph takes no other batch.
    public static int Texts(int count) => IsTrial ? Math.Min(count, 320) : count;

    public static TimeSpan Time(double seconds) => TimeSpan.FromSeconds(IsTrial ? Math.Min(seconds, 0.2) : seconds);
}
