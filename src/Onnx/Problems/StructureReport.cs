using OnnxSentiment.Core;

namespace OnnxSentiment.Onnx;

/// <summary>What a check of the structure looked at; later stages only make sense where earlier ones hold.</summary>
public enum CheckStage
{
    /// <summary>Names of values, nodes and operators.</summary>
    Names,

    /// <summary>Numbers of inputs and outputs, attributes, element types.</summary>
    Types,

    /// <summary>Dimensions, and the bytes of constants.</summary>
    Shapes,
}

/// <summary>One defect of a model.</summary>
/// <param name="Stage">Which stage found it.</param>
/// <param name="Message">Where, what was found, and what was expected.</param>
public sealed record StructureProblem(CheckStage Stage, string Message);

/// <summary>
/// The defects of a model in the order names, types, shapes; within a stage in the order of the graph.
/// </summary>
/// <param name="Problems">The defects; none for a sound model.</param>
public sealed record StructureReport(IReadOnlyList<StructureProblem> Problems)
{
    /// <summary>Whether there is no defect.</summary>
    public bool Passed => Problems.Count == 0;

    /// <summary>A line a defect, or one that says that there is none.</summary>
    public string ToText() => Passed
        ? "structure: sound"
        : string.Join('\n', Problems.Select(problem =>
            $"{problem.Stage.ToString().ToLowerInvariant()}: {problem.Message}"));

    /// <summary>Throws when there is a defect.</summary>
    /// <param name="model">What to call the model in the message.</param>
    /// <exception cref="InvalidInputException">
    /// There is a defect; the message names the first and the number of all.
    /// </exception>
    public void ThrowIfFailed(string model)
    {
        if (!Passed)
        {
            var more = Problems.Count == 1 ? "" : $" ({Problems.Count - 1} more)";
            throw new InvalidInputException($"{model} is not sound: {Problems[0].Message}{more}");
        }
    }
}
