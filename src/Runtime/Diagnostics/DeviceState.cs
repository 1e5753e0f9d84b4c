namespace OnnxSentiment.Runtime;

/// <summary>Whether a model runs on a device.</summary>
/// <param name="Device">The device.</param>
/// <param name="Problem">Why it cannot be used; null if it can.</param>
/// <param name="Nodes">Where each node of the graph runs; empty where the device cannot be used.</param>
public sealed record DeviceState(Device Device, string? Problem, IReadOnlyList<NodePlacement> Nodes)
{
    /// <summary>Whether the model runs there.</summary>
    public bool IsUsable => Problem is null;
}
