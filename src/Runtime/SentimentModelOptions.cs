using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>
/// How a loaded model uses the machine. Values change what it predicts by rounding alone: batches of another size by some 1e-6
/// at most, and in a file of 8 bits, whose operator scales its inputs over the batch, by some 1e-2. Immutable.
/// </summary>
public sealed record SentimentModelOptions
{
    /// <summary>Where the model computes; by default a GPU if there is one that can be used, else the processor.</summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>
    /// The runs that one call with a list keeps going side by side, and the texts that it encodes side by side: 1 to 1,024.
    /// By default, null, one for each core; on a GPU two runs, so that one's texts are copied while the other's are computed.
    /// A single text always takes one thread, the caller's.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// The ids, padding included, that one run computes at most: 1 to 1,000,000. By default, null, 1,200 on the processor:
    /// smaller batches leave its vector units idle, larger ones are hardly faster and keep others waiting. On a GPU 65,536, some 330 texts of 200 ids,
    /// which leaves room on one of 8 GB; 262,144 was 3.4 times as fast from ids on an H200, and took 4.8 GB in place of 2.1
    /// (docs/gpu.md). A text that is longer runs alone.
    /// </summary>
    public int? MaximumBatchTokens { get; init; }

    /// <summary>
    /// Whether a GPU may round the factors of single-precision products to 10 bits (TF32) for speed; by default not. Means
    /// nothing on the processor.
    /// </summary>
    public bool AllowTf32 { get; init; }

    /// <summary>
    /// The path of a CUDA plug-in execution provider's library, the other way to a GPU beside a native package that has CUDA
    /// built in; null for none. It is registered with ONNX Runtime for the rest of the process.
    /// </summary>
    public string? ExecutionProviderLibrary { get; init; }

    /// <summary>Returns the options, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public SentimentModelOptions Validated()
    {
        Guard.InRange(nameof(Threads), Threads ?? 1, 1, 1_024);
        Guard.InRange(nameof(MaximumBatchTokens), MaximumBatchTokens ?? 1, 1, 1_000_000);
        if (Device is null)
        {
            throw new InvalidInputException($"{nameof(Device)} is null, but auto, cpu or cuda:N was expected.");
        }

        return ExecutionProviderLibrary is null || ExecutionProviderLibrary.Trim().Length > 0
            ? this
            : throw new InvalidInputException($"{nameof(ExecutionProviderLibrary)} is empty; give the path of a library, or leave it out.");
    }
}
