using System.Globalization;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>Where a model computes. Immutable; two that name the same device are equal.</summary>
public sealed record Device
{
    private const int MaximumId = 255;
    private const string CudaPrefix = "cuda:";

    private Device(DeviceKind kind, int id = 0)
    {
        Kind = kind;
        Id = id;
    }

    /// <summary>
    /// The GPU <c>cuda:0</c> where the app brings ONNX Runtime's CUDA and a session can be created there, else the CPU.
    /// What was chosen, and why, is logged once for each load.
    /// </summary>
    public static Device Auto { get; } = new(DeviceKind.Auto);

    /// <summary>The CPU.</summary>
    public static Device Cpu { get; } = new(DeviceKind.Cpu);

    /// <summary>What kind of device it is.</summary>
    public DeviceKind Kind { get; }

    /// <summary>Which of several GPUs, as CUDA numbers them; 0 for the other kinds.</summary>
    public int Id { get; }

    /// <summary>An NVIDIA GPU, and nothing else: where it cannot be used, loading fails and says why.</summary>
    /// <param name="id">Which of several, as CUDA numbers them: 0 to 255.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is out of its range.</exception>
    public static Device Cuda(int id = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id, MaximumId);
        return new Device(DeviceKind.Cuda, id);
    }

    /// <summary>
    /// Reads what <see cref="ToString"/> writes, in upper or lower case; <c>cuda</c> alone is <c>cuda:0</c>.
    /// </summary>
    /// <exception cref="InvalidInputException">The text names no device; the message lists the known forms.</exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToLowerInvariant() switch
        {
            "auto" => Auto,
            "cpu" => Cpu,
            "cuda" => Cuda(),
            var lower when IdOf(lower) is { } id => Cuda(id),
            _ => throw new InvalidInputException(
                $"device is '{text}', but one of auto, cpu, cuda and cuda:N was expected, N from 0 to {MaximumId}."),
        };
    }

    /// <summary><c>auto</c>, <c>cpu</c> or, for instance, <c>cuda:0</c>.</summary>
    public override string ToString() => Kind switch
    {
        DeviceKind.Auto => "auto",
        DeviceKind.Cpu => "cpu",
        _ => string.Create(CultureInfo.InvariantCulture, $"{CudaPrefix}{Id}"),
    };

    private static int? IdOf(string text) =>
        text.StartsWith(CudaPrefix, StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(CudaPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && id <= MaximumId
            ? id
            : null;
}
