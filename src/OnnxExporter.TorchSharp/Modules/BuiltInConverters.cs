namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// The modules that this package exports by itself, in the order of the documentation, each type once.
/// </summary>
internal static class BuiltInConverters
{
    internal static IReadOnlyList<ModuleConverter> All { get; } =
    [
        .. ContainerConverters.All,
        .. LinearConverters.All,
        .. EmbeddingConverters.All,
        .. RecurrentConverters.All,
        .. AttentionConverters.All,
        .. ConvolutionConverters.All,
        .. PoolingConverters.All,
        .. NormalizationConverters.All,
        .. ActivationConverters.All,
        .. LayoutConverters.All,
    ];
}
