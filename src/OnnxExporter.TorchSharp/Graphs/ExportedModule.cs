using OnnxSentiment.Onnx.Proto;
using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>A module and the graph that has to compute the same.</summary>
/// <param name="Module">The module.</param>
/// <param name="Converter">
/// The built-in converter, or null where the module exports itself or by one of the caller's.
/// </param>
/// <param name="Inputs">The graph's inputs in the order of the module's; null where one is left out.</param>
/// <param name="Model">The graph.</param>
/// <param name="Calls">Which values hold the outputs of which modules, in the order in which they are computed.</param>
internal sealed record ExportedModule(
    torch.nn.Module Module,
    ModuleConverter? Converter,
    IReadOnlyList<OnnxInput?> Inputs,
    ModelProto Model,
    IReadOnlyList<ExportedCall> Calls);
