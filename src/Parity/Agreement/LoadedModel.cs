using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>An ONNX file, read and loaded into ONNX Runtime.</summary>
internal sealed class LoadedModel : IDisposable
{
    private static readonly string[] KnownDomains =
    [
        "", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training", "com.microsoft",
        "com.microsoft.experimental", "com.microsoft.nchwc", "com.ms.internal.nhwc", "org.pytorch.aten",
    ];

    private static readonly string[] Recurrent =
        [Operators.Rnn, Operators.Gru, Operators.Lstm, Operators.DynamicQuantizeLstm];

    private readonly TensorRunnerOptions _options;
    private readonly bool _isRecurrent;

    private LoadedModel(string path, string name, ModelProto model, byte[] bytes, TensorRunnerOptions options)
    {
        (Name, Model, Scope) = (name, model, new GraphScope(model.Graph));
        Inputs = GraphInput.AllOf(model, name);
        Outputs = [.. model.Graph.Output.Select(output => output.Name)];
        Precision = FilePrecision.Of(model);
        _isRecurrent = Nodes(model.Graph).Any(node => Recurrent.Contains(node.OpType));
        _options = options with { ExternalDataFolder = Path.GetDirectoryName(Path.GetFullPath(path)) };
        CheckOutputs();
        CheckExternalData();
        Runner = Open(bytes);
    }

    /// <summary>What messages call it.</summary>
    internal string Name { get; }

    internal ModelProto Model { get; }

    internal GraphScope Scope { get; }

    internal IReadOnlyList<GraphInput> Inputs { get; }

    internal IReadOnlyList<string> Outputs { get; }

    internal TensorPrecision Precision { get; }

    internal TensorRunner Runner { get; }

    /// <exception cref="InvalidInputException">
    /// The file cannot be read, has inputs or outputs that are no tensors, or ONNX Runtime refuses it.
    /// </exception>
    internal static LoadedModel Load(string path, string name, TensorRunnerOptions options)
    {
        var model = ModelFile.Read(path);
        return new(path, name, model, File.ReadAllBytes(path), options);
    }

    public void Dispose() => Runner.Dispose();

    /// <summary>Computes all outputs.</summary>
    /// <exception cref="InvalidInputException">ONNX Runtime would end the process on these inputs.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime cannot compute the graph on these inputs.</exception>
    internal IReadOnlyList<NamedTensor> Run(IReadOnlyList<NamedTensor> inputs)
    {
        if (inputs.FirstOrDefault(input => input.Values.Length == 0) is { } empty && _isRecurrent)
        {
            throw new InvalidInputException(
                $"The input '{empty.Name}' is [{string.Join(", ", empty.Shape)}], which holds nothing, and ONNX " +
                "Runtime's recurrent operators end the process on it: give sizes from 1.");
        }

        return Runner.Run(inputs);
    }

    /// <summary>Loads another form of the model, with the same options.</summary>
    internal TensorRunner Open(byte[] bytes)
    {
        try
        {
            return new TensorRunner(bytes, _options);
        }
        catch (InvalidInputException e)
        {
            throw new InvalidInputException($"{Name} cannot be loaded: {Explain(e.Message)}", e);
        }
    }

    private string Explain(string message)
    {
        var own = Model.Functions.Select(function => function.Domain).ToHashSet(StringComparer.Ordinal);
        var foreign = Nodes(Model.Graph)
            .Where(node => !KnownDomains.Contains(node.Domain) && !own.Contains(node.Domain))
            .Select(node => $"{node.Domain}.{node.OpType}").Distinct().ToList();
        return foreign.Count == 0
            ? message
            : $"it uses {string.Join(", ", foreign)}, which ONNX Runtime does not have; " +
                "custom operators cannot be run here.";
    }

    private static IEnumerable<NodeProto> Nodes(GraphProto graph) =>
        graph.Node.Concat(graph.Node.SelectMany(GraphScope.GraphsOf).SelectMany(Nodes));

    private void CheckOutputs()
    {
        if (Model.Graph.Output.FirstOrDefault(output => output.Type is { TensorType: null }) is { } output)
        {
            throw new InvalidInputException(
                $"The output '{output.Name}' of {Name} is no tensor, but only tensors can be compared: " +
                "export the model with tensors as outputs.");
        }
    }

    private void CheckExternalData()
    {
        var missing = Model.Graph.Initializer.Where(tensor => tensor.DataLocation == DataLocation.External)
            .Select(tensor => tensor.ExternalData.FirstOrDefault(entry => entry.Key == "location")?.Value)
            .OfType<string>().Distinct()
            .FirstOrDefault(file => !File.Exists(Path.Combine(_options.ExternalDataFolder!, file)));
        if (missing is not null)
        {
            throw new InvalidInputException(
                $"{Name} keeps weights in '{missing}', which is not in its folder; copy it there.");
        }
    }
}
