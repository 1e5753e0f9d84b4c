using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>
/// Where one module is exported: exports its children, and has the functional operations that <c>forward</c> uses
/// beside them. The names of values begin with the module's path. Not thread-safe.
/// </summary>
public sealed partial class OnnxScope
{
    private readonly ExportContext _context;
    private readonly torch.nn.Module _module;

    internal OnnxScope(ExportContext context, torch.nn.Module module, string path, string name, string weightPrefix)
    {
        (_context, _module) = (context, module);
        (Path, Name, WeightPrefix) = (path, name, weightPrefix);
    }

    /// <summary>The path of the module from the exported one down; empty for that itself.</summary>
    public string Path { get; }

    /// <summary>
    /// The graph, for operators that this class does not have: what is added there with names of values becomes a value
    /// again with <see cref="Value"/>.
    /// </summary>
    public GraphBuilder Graph => _context.Graph;

    /// <summary>
    /// The name that the module's nodes begin with: its path, with a number where it is applied more than once.
    /// </summary>
    internal string Name { get; }

    /// <summary>What the names of its weights begin with, dot included, so that they are PyTorch's.</summary>
    internal string WeightPrefix { get; }

    /// <summary>Exports a module that is applied to one value and gives one.</summary>
    /// <param name="module">A child of this module, or any other.</param>
    /// <param name="input">What it is applied to.</param>
    /// <returns>Its output; of a module with several the first.</returns>
    /// <exception cref="OnnxExportException">The module, one of its options or the input is not supported.</exception>
    public OnnxValue Call(torch.nn.Module module, OnnxValue input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return CallAll(module, input)[0];
    }

    /// <summary>Exports a module that is applied to several values or gives several.</summary>
    /// <param name="module">A child of this module, or any other.</param>
    /// <param name="inputs">
    /// What it is applied to, in the order that the table of modules says; null where one is left out.
    /// </param>
    /// <returns>All its outputs.</returns>
    /// <exception cref="OnnxExportException">The module, one of its options or an input is not supported.</exception>
    public IReadOnlyList<OnnxValue> CallAll(torch.nn.Module module, params IReadOnlyList<OnnxValue?> inputs)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(inputs);
        return _context.Export(module, this, inputs);
    }

    /// <summary>A value that was added to <see cref="Graph"/> by its name.</summary>
    public OnnxValue Value(string name) => _context.Value(name);

    /// <summary>
    /// A tensor that <c>forward</c> uses, as a constant: a parameter of the module itself, a table, a mask.
    /// </summary>
    /// <param name="name">The name of the constant, below the module's path.</param>
    /// <param name="tensor">The values, which are copied.</param>
    public OnnxValue Constant(string name, torch.Tensor tensor) =>
        Value(Graph.Initializer(TensorData.Copy(WeightName(name), tensor)));

    /// <summary>A name for a node of this module that no other has.</summary>
    internal string NewName(string operation) => _context.NewName($"{Name}/{operation}");

    /// <summary>The name of a weight of this module, as PyTorch calls it.</summary>
    internal string WeightName(string name) => WeightPrefix + name;

    /// <summary>A copy of a weight of this module, which a layer adds to the graph.</summary>
    internal TensorProto Weight(string name, torch.Tensor tensor) => TensorData.Copy(WeightName(name), tensor);

    /// <summary>As <see cref="Weight"/>, or null where the module has none.</summary>
    internal TensorProto? OptionalWeight(string name, torch.Tensor? tensor) =>
        tensor is null ? null : Weight(name, tensor);

    /// <summary>Refuses a value of another number of dimensions.</summary>
    /// <param name="x">The value.</param>
    /// <param name="expected">What was expected, for people: <c>[batch, channels, length]</c>.</param>
    /// <param name="ranks">The numbers of dimensions that are supported.</param>
    internal void RequireRank(OnnxValue x, string expected, params ReadOnlySpan<int> ranks)
    {
        if (x.KnownShape is null || !ranks.Contains(x.Rank))
        {
            throw Wrong($"its input is {x}, but {expected} was expected");
        }
    }

    /// <summary>The place of a dimension from the front; refuses a value that does not have it.</summary>
    internal int Axis(OnnxValue x, long dim)
    {
        if (x.KnownShape is null || dim < -x.Rank || dim >= x.Rank)
        {
            throw Wrong($"its input is {x}, but one that has a dimension {dim} was expected");
        }

        return (int)(dim < 0 ? dim + x.Rank : dim);
    }

    /// <summary>The module or an option of it is not supported; the message shows the ways out.</summary>
    internal OnnxExportException Unsupported(string what) => ModuleErrors.Unsupported(_module, Path, what);

    /// <summary>What the module is given does not suit it.</summary>
    internal OnnxExportException Wrong(string what) => ModuleErrors.Wrong(_module, Path, what);
}
