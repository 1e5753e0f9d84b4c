using OnnxSentiment.Runtime;

namespace OnnxSentiment.Parity;

/// <summary>How far ONNX Runtime rewrites a graph before it computes it.</summary>
public enum GraphOptimization
{
    /// <summary>Not at all: every node is computed as the file has it.</summary>
    None,

    /// <summary>Constants are computed once, and nodes that do nothing are dropped.</summary>
    Basic,

    /// <summary>Nodes are fused as well.</summary>
    Extended,

    /// <summary>The layout of memory changes as well; what apps get by default.</summary>
    All,
}

/// <summary>How a <see cref="TensorRunner"/> loads and computes a model. Immutable.</summary>
public sealed record TensorRunnerOptions
{
    /// <summary>
    /// The folder of the files in which the model keeps weights beside its own; null where there are none.
    /// </summary>
    public string? ExternalDataFolder { get; init; }

    /// <summary>Where the model computes; <see cref="Device.Auto"/> is the CPU here.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>How far the graph is rewritten.</summary>
    public GraphOptimization Optimization { get; init; } = GraphOptimization.All;

    /// <summary>
    /// Whether a GPU may round the factors of single-precision products to 10 bits (TF32); by default not.
    /// </summary>
    public bool AllowTf32 { get; init; }

    /// <summary>The path of a CUDA plug-in execution provider's library; null for none.</summary>
    public string? ExecutionProviderLibrary { get; init; }
}
