using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>
/// Checks a model by the rules of the ONNX standard without running it: names, then types, then shapes. It reads
/// nothing but the message, so it catches what the exporter got wrong, and it knows the operators of
/// <see cref="Operators"/>; any other operator is reported as unknown rather than passed over. Two different symbolic
/// dimensions count as different sizes, which is stricter than the standard and shows swapped dimensions. Thread-safe.
/// </summary>
public static class StructureCheck
{
    /// <summary>Checks a model; throws nothing, however broken the model is.</summary>
    public static StructureReport Check(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Check(model, out _);
    }

    /// <summary>
    /// Checks a model and returns the types that it inferred; null where something else is wrong already.
    /// </summary>
    internal static StructureReport Check(ModelProto model, out GraphTypes? types)
    {
        var problems = new ProblemList();
        CheckParts(model, Operators.Table, problems);

        // Inference follows values from node to node, which takes names that can be followed and complete signatures.
        types = problems.HasProblems
            ? null
            : GraphTypes.Infer(model.Graph, Operators.At(FormatCheck.StandardOpset(model)!.Value), problems);
        if (types is not null)
        {
            TypeCheck.Run(model.Graph, types, problems);
        }

        return problems.ToReport();
    }

    /// <summary>Checks a model whose types a builder followed while it grew.</summary>
    internal static StructureReport Check(ModelProto model, GraphTypes types)
    {
        var problems = new ProblemList();
        CheckParts(model, types.Operators.Table, problems);
        if (!problems.HasProblems)
        {
            TypeCheck.Run(model.Graph, types, problems);
        }

        return problems.ToReport();
    }

    private static void CheckParts(ModelProto model, OperatorTable operators, ProblemList problems)
    {
        FormatCheck.Run(model, problems);
        if (model.Graph is null)
        {
            return;
        }

        NameCheck.Run(model.Graph, problems);
        DomainCheck.Run(model, problems);
        SignatureCheck.Run(model.Graph, operators, FormatCheck.StandardOpset(model), problems);
        TensorCheck.Run(model.Graph, problems);
    }
}
