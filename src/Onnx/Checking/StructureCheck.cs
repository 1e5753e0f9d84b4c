using OnnxSentiment.Onnx.Proto;

namespace OnnxSentiment.Onnx;

/// <summary>
/// Checks a model by the rules of the ONNX standard without running it: names, then types, then shapes. It reads nothing
/// but the message, so it catches what the exporter got wrong, and it knows the operators of <see cref="Operators"/>; any
/// other operator is reported as unknown rather than passed over. Two different symbolic dimensions count as different
/// sizes, which is stricter than the standard and shows swapped dimensions. Thread-safe.
/// </summary>
public static class StructureCheck
{
    /// <summary>Checks a model; throws nothing, however broken the model is.</summary>
    public static StructureReport Check(ModelProto model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var problems = new ProblemList();
        FormatCheck.Run(model, problems);
        if (model.Graph is null)
        {
            return problems.ToReport();
        }

        var opset = FormatCheck.StandardOpset(model);
        NameCheck.Run(model.Graph, problems);
        DomainCheck.Run(model, problems);
        SignatureCheck.Run(model.Graph, opset, problems);
        TensorCheck.Run(model.Graph, problems);

        // Inference follows values from node to node, which takes names that can be followed and complete signatures.
        if (!problems.HasProblems && opset is { } version)
        {
            TypeInference.Run(model.Graph, version, problems);
        }

        return problems.ToReport();
    }
}
