namespace OnnxSentiment.Onnx;

/// <summary>Collects the defects of one model.</summary>
internal sealed class ProblemList
{
    private readonly List<StructureProblem> _problems = [];

    internal bool HasProblems => _problems.Count > 0;

    internal StructureProblem? First => ToReport().Problems is [var first, ..] ? first : null;

    internal void Name(string message) => _problems.Add(new(CheckStage.Names, message));

    internal void Type(string message) => _problems.Add(new(CheckStage.Types, message));

    internal void Shape(string message) => _problems.Add(new(CheckStage.Shapes, message));

    // OrderBy keeps the order within a stage.
    internal StructureReport ToReport() => new([.. _problems.OrderBy(problem => problem.Stage)]);
}
