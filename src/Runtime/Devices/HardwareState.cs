namespace OnnxSentiment.Runtime;

/// <summary>A CPU or accelerator that ONNX Runtime sees in this machine.</summary>
/// <param name="Kind"><c>CPU</c>, <c>GPU</c> or <c>NPU</c>.</param>
/// <param name="Vendor">
/// Who made it: a name, <c>maker 0x1AF4</c> where only the PCI vendor id is known, or <c>unknown maker</c>.
/// </param>
/// <param name="Providers">The execution providers that offer it; plug-ins and the CPU's only.</param>
public sealed record HardwareState(string Kind, string Vendor, IReadOnlyList<string> Providers);
