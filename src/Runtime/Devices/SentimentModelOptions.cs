namespace OnnxSentiment.Runtime;

/// <summary>
/// How a loaded model uses the machine. Values change what it predicts by rounding alone: batches of another size by
/// some 1e-6 at most, and in an int8 file, whose operator scales its inputs over the batch, by some 1e-2. Immutable.
/// </summary>
public sealed record SentimentModelOptions
{
    /// <summary>
    /// Where the model computes; by default a GPU if there is one that can be used, else the CPU. A model that reads
    /// texts computes on the CPU.
    /// </summary>
    public Device Device { get; init; } = Device.Auto;

    /// <summary>
    /// The runs that one call with a list keeps in flight, and the texts that it encodes in parallel: 1 to 1,024. By
    /// default, null, one for each core; on a GPU two runs, so that one's texts are copied while the other's are
    /// computed. A single text always takes one thread, the caller's.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// The ids, padding included, that one run computes at most: 1 to 1,000,000. By default, null, 1,200 on the CPU:
    /// smaller batches leave its vector units idle, larger ones are hardly faster and keep others waiting. On a GPU
    /// 65,536, some 330 texts of 200 ids, which leaves room on one of 8 GB; 262,144 was 3.4 times as fast from ids on
    /// an H200, and took 4.8 GB in place of 2.1 (docs/gpu.md). A text that is longer runs alone. Of a model that reads
    /// texts, ids are estimated from the length of each text.
    /// </summary>
    public int? MaximumBatchTokens { get; init; }

    /// <summary>
    /// Whether a GPU may round the factors of single-precision products to 10 bits (TF32) for speed; by default not.
    /// Means nothing on the CPU.
    /// </summary>
    public bool AllowTf32 { get; init; }

    /// <summary>
    /// The path of a CUDA plug-in execution provider's library, the other way to a GPU beside a native package that has
    /// CUDA built in; null for none. It is registered with ONNX Runtime for the rest of the process.
    /// </summary>
    public string? ExecutionProviderLibrary { get; init; }

    /// <summary>Returns the options, or says which value cannot be.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">The device is null, or the library's path is empty.</exception>
    public SentimentModelOptions Validated()
    {
        OptionRange.Check(nameof(Threads), Threads ?? 1, 1, 1_024);
        OptionRange.Check(nameof(MaximumBatchTokens), MaximumBatchTokens ?? 1, 1, 1_000_000);
        ArgumentNullException.ThrowIfNull(Device);
        return ExecutionProviderLibrary is null || ExecutionProviderLibrary.Trim().Length > 0
            ? this
            : throw new ArgumentException(
                $"{nameof(ExecutionProviderLibrary)} is empty; give the path of a library, or leave it out.",
                nameof(ExecutionProviderLibrary));
    }
}
