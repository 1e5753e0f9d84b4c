using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Says how modules of one type are exported that cannot implement <see cref="IOnnxExportable"/>. Immutable.
/// </summary>
public sealed class OnnxConverter
{
    private OnnxConverter(Type type, Func<OnnxScope, torch.nn.Module, OnnxValue, OnnxValue> convert) =>
        (Type, Convert) = (type, convert);

    internal Type Type { get; }

    internal Func<OnnxScope, torch.nn.Module, OnnxValue, OnnxValue> Convert { get; }

    /// <summary>A converter of a type; it goes before a built-in one of that type.</summary>
    /// <param name="convert">
    /// Adds a module to the graph of a scope, as <see cref="IOnnxExportable.Export"/> does.
    /// </param>
    /// <typeparam name="TModule">The type, exactly.</typeparam>
    public static OnnxConverter For<TModule>(Func<OnnxScope, TModule, OnnxValue, OnnxValue> convert)
        where TModule : torch.nn.Module
    {
        ArgumentNullException.ThrowIfNull(convert);
        return new(typeof(TModule), (scope, module, input) => convert(scope, (TModule)module, input));
    }
}
