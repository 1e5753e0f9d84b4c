using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using OnnxSentiment.Parity;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Runs an exported graph in ONNX Runtime; where that refuses, the graph is not what the module is.</summary>
internal sealed class GraphRunner : IDisposable
{
    private readonly TensorRunner _runner;

    /// <summary>Loads a graph into an ONNX Runtime that is there.</summary>
    /// <exception cref="OnnxMismatchException">ONNX Runtime refuses the graph.</exception>
    internal GraphRunner(ModelProto model)
    {
        try
        {
            _runner = new(ModelFile.ToBytes(model));
        }
        catch (InvalidInputException e)
        {
            throw new OnnxMismatchException("", $"No file was written: {e.Message}");
        }
    }

    /// <summary>Runs the graph.</summary>
    /// <param name="inputs">Its inputs; those that are null are left out.</param>
    /// <param name="outputs">The names of the values to return.</param>
    /// <param name="place">At which sizes, for messages.</param>
    /// <exception cref="OnnxMismatchException">ONNX Runtime cannot run the graph on these inputs.</exception>
    /// <exception cref="InvalidInputException">An output is of a type that cannot be compared.</exception>
    internal IReadOnlyList<NamedTensor> Run(
        IReadOnlyList<NamedTensor?> inputs, IReadOnlyList<string> outputs, string place)
    {
        try
        {
            return _runner.Run([.. inputs.OfType<NamedTensor>()], outputs);
        }
        catch (InvalidOperationException e)
        {
            throw new OnnxMismatchException(
                "", $"No file was written: at {place}, where the module runs, the graph does not. {e.Message}");
        }
        catch (NotSupportedException e)
        {
            throw new InvalidInputException($"{e.Message} Switch the verification off.", e);
        }
    }

    public void Dispose() => _runner.Dispose();
}
