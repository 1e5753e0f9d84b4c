namespace OnnxSentiment.Onnx;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Element type and dimensions, for instance <c>int64 [batch, sequence]</c>.</param>
public sealed record ValueDescription(string Name, string Type);

/// <summary>A node of a model.</summary>
/// <param name="Operator">The operator, with its domain where it is not the standard's.</param>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Inputs">Names of values; empty where one is left out.</param>
/// <param name="Outputs">Names of values; empty where one is left out.</param>
/// <param name="Attributes">Settings as <c>name=value</c>.</param>
public sealed record NodeDescription(
    string Operator,
    string Name,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<string> Attributes);

/// <summary>An entry of the metadata.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
/// <param name="Length">The value's length in UTF-16 units.</param>
public sealed record MetadataDescription(string Key, string Value, int Length);

/// <summary>A set of operators that a model uses.</summary>
/// <param name="Domain">The domain; <c>ai.onnx</c> for the standard's own.</param>
/// <param name="Version">Its version.</param>
public sealed record OpsetDescription(string Domain, long Version);

/// <summary>What can be said of an ONNX model without running it. Plain values, ready for JSON.</summary>
public sealed record ModelDescription
{
    /// <summary>The file's length in bytes; null where the model did not come from a file.</summary>
    public long? FileLength { get; init; }

    /// <summary>The version of the file format.</summary>
    public required long IrVersion { get; init; }

    /// <summary>The operator sets.</summary>
    public required IReadOnlyList<OpsetDescription> Opsets { get; init; }

    /// <summary>The tool that wrote the file, and its version.</summary>
    public required string Producer { get; init; }

    /// <summary>The author's description.</summary>
    public required string Description { get; init; }

    /// <summary>The inputs that a caller has to give.</summary>
    public required IReadOnlyList<ValueDescription> Inputs { get; init; }

    /// <summary>The outputs.</summary>
    public required IReadOnlyList<ValueDescription> Outputs { get; init; }

    /// <summary>The nodes in the order of the file.</summary>
    public required IReadOnlyList<NodeDescription> Nodes { get; init; }

    /// <summary>The metadata in the order of the file.</summary>
    public required IReadOnlyList<MetadataDescription> Metadata { get; init; }

    /// <summary>
    /// Numbers in constants, by their declared shapes: initializers and <c>Constant</c> nodes, those of graphs inside
    /// nodes and of functions too.
    /// </summary>
    public required long ParameterCount { get; init; }

    /// <summary>What of the model this description does not cover, a sentence each.</summary>
    public required IReadOnlyList<string> Unknowns { get; init; }

    /// <summary>
    /// The description as aligned lines for a person; long values are cut and say so. Control characters of the file
    /// are shown as escapes.
    /// </summary>
    /// <param name="width">Characters of a line, in which tables fit where that can be done.</param>
    public string ToText(int width = int.MaxValue) => DescriptionText.Format(this, width);
}
