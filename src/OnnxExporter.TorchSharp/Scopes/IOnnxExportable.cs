namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// A module with a <c>forward</c> of its own, which nobody can trace from C#: it says itself how it is composed. Export
/// has to do what <c>forward</c> does, in the same order; the export compares the two on random inputs.
/// </summary>
public interface IOnnxExportable
{
    /// <summary>Adds the module to a graph.</summary>
    /// <param name="scope">Exports children with <c>Call</c>, and has what <c>forward</c> does beside them.</param>
    /// <param name="input">What <c>forward</c> is given.</param>
    /// <returns>What <c>forward</c> returns.</returns>
    OnnxValue Export(OnnxScope scope, OnnxValue input);
}

/// <summary>As <see cref="IOnnxExportable"/>, for a module with several inputs or outputs.</summary>
public interface IOnnxMultiExportable
{
    /// <summary>Adds the module to a graph.</summary>
    /// <param name="scope">As in <see cref="IOnnxExportable.Export"/>.</param>
    /// <param name="inputs">What <c>forward</c> is given, in its order.</param>
    /// <returns>What <c>forward</c> returns, in its order.</returns>
    IReadOnlyList<OnnxValue> Export(OnnxScope scope, IReadOnlyList<OnnxValue> inputs);
}
