using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Parity;

/// <summary>
/// Compares what a file stores with what was trained, number by number, without running it. The graph tells what each
/// initializer is: it is read from the outputs to the input by the operators' definitions, and every node, attribute
/// and constant on the way has to be the architecture's. So an error shows that no input of a sample meets. It shares
/// no code with the exporter. Thread-safe.
/// </summary>
public static class WeightCheck
{
    /// <summary>Checks names, types and shapes, and then all weights.</summary>
    /// <param name="model">An exported model.</param>
    /// <param name="checkpoint">What it claims to be.</param>
    public static WeightReport Run(ModelProto model, Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(checkpoint);
        var metadata = ModelMetadata.FromProperties(
            model.MetadataProps.DistinctBy(entry => entry.Key).ToDictionary(entry => entry.Key, entry => entry.Value));
        var structure = StructureCheck.Check(model);
        return structure.Problems.Count > 0
            ? Report([], [], RuleOf(metadata.Precision), structure.Problems.Select(problem => problem.Message))
            : Walk(model, checkpoint, metadata);
    }

    private static WeightReport Walk(ModelProto model, Checkpoint checkpoint, ModelMetadata metadata)
    {
        var graph = new GraphReader(model, metadata.Precision);
        var ledger = new WeightLedger(graph, checkpoint);
        List<string> failures = [];
        try
        {
            new ClassifierWalk(graph, ledger, checkpoint, metadata)
                .Run(TextInputs.AreReadBy(model) ? InputKind.Text : InputKind.Ids);
            failures.AddRange(ledger.Unaccounted());
        }
        catch (GraphMismatchException e)
        {
            failures.Add(e.Message);
        }

        return Report(ledger.Comparisons, ledger.Constants, RuleOf(metadata.Precision), failures);
    }

    private static WeightReport Report(
        IReadOnlyList<WeightComparison> comparisons, IReadOnlyList<string> constants, string rule,
        IEnumerable<string> failures) => new()
        {
            Comparisons = comparisons,
            Constants = constants,
            Rule = rule,
            GraphFailures = [.. failures],
        };

    private static string RuleOf(Precision precision) => precision switch
    {
        Precision.Fp16 => new HalfRule().Name,
        Precision.Int8 => $"int8 {new StepRule([], offset => offset).Name}, float32 {new SingleRule().Name}",
        _ => new SingleRule().Name,
    };
}
