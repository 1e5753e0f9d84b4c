using System.Globalization;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>What an export wrote and how it was checked. Immutable.</summary>
public sealed record OnnxExportReport
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Inputs, outputs, nodes and parameters of the file.</summary>
    public required ModelDescription Model { get; init; }

    /// <summary>Whether the file was run and compared with the module.</summary>
    public bool IsVerified => VerifiedSizes.Count > 0;

    /// <summary>
    /// The sizes of the named dimensions at which the two were compared, for instance <c>batch=2, sequence=5</c>.
    /// </summary>
    public IReadOnlyList<string> VerifiedSizes { get; init; } = [];

    /// <summary>How many values of the graph were compared, outputs included.</summary>
    public int VerifiedValues { get; init; }

    /// <summary>The largest difference of an output.</summary>
    public double LargestDifference { get; init; }

    /// <summary>Why the file was not compared; empty where it was.</summary>
    public string WhyNotVerified { get; init; } = "";

    /// <summary>Some lines for people.</summary>
    public override string ToString()
    {
        var inputs = string.Join(", ", Model.Inputs.Select(input => $"{input.Name} {input.Type}"));
        var outputs = string.Join(", ", Model.Outputs.Select(output => $"{output.Name} {output.Type}"));
        var check = IsVerified
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"verified: {VerifiedValues} values agree at {string.Join(" | ", VerifiedSizes)}; " +
                $"largest difference of an output {LargestDifference:0.0e-0}")
            : $"not verified: {WhyNotVerified}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Path}: {Model.Nodes.Count:N0} nodes, {Model.ParameterCount:N0} parameters, " +
            $"{Model.FileLength:N0} bytes\n{inputs} -> {outputs}\n{check}");
    }
}
