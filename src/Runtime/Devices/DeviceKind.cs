namespace OnnxSentiment.Runtime;

/// <summary>The kinds of <see cref="Device"/>.</summary>
public enum DeviceKind
{
    /// <summary>An NVIDIA GPU where one can be used, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,
}
