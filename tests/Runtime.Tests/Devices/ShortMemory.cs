using Microsoft.ML.OnnxRuntime;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>
/// Host memory that gives a few values and then fails, as page-locked memory does that the system has no more of.
/// </summary>
internal sealed class ShortMemory(int enough, Exception failure) : HostMemory
{
    private readonly ManagedMemory _memory = new(isForGpu: true);

    /// <summary>An error of ONNX Runtime, which an app cannot make itself.</summary>
    public static Exception Refusal { get; } = Assert.Catch(() => { using var _ = new InferenceSession([1, 2, 3]); })!;

    public override string Name => "short";

    public override bool IsCopiedWhenBound => _memory.IsCopiedWhenBound;

    public override HostBuffer<T> Allocate<T>(int count) => count < enough ? _memory.Allocate<T>(count) : throw failure;
}
