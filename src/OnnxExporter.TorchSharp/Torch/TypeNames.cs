using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>What messages and the table call a module's type.</summary>
internal static class TypeNames
{
    internal static string Of(torch.nn.Module module) => Of(module.GetType());

    internal static string Of(Type type) => type.Name.Split('`')[0];
}
