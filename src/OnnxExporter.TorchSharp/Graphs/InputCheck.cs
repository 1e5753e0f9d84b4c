using OnnxSentiment.Core;
using TorchSharp;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Refuses names, shapes and types that no graph of a module can have, before anything is built.</summary>
internal static class InputCheck
{
    /// <summary>Checks the names of inputs and outputs, and the inputs' shapes.</summary>
    /// <param name="module">The module, whose weights have names in the graph too.</param>
    /// <param name="converter">The built-in converter, if it has one: those compute in single precision.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="outputs">The names of the outputs that the caller chose.</param>
    /// <exception cref="InvalidInputException">One does not suit.</exception>
    internal static void Check(
        torch.nn.Module module,
        ModuleConverter? converter,
        IReadOnlyList<OnnxInput> inputs,
        IReadOnlyList<string> outputs)
    {
        if (inputs.Count == 0)
        {
            throw new InvalidInputException(
                "The inputs of the graph are the caller's to name, but no input was given: " +
                "give one for each parameter of forward.");
        }

        string[] names = [.. inputs.Select(input => input.Name)];
        CheckNames("inputs", names);
        CheckNames("outputs", outputs);
        CheckTaken(names.Intersect(outputs), "is an input and an output");
        CheckTaken(names.Concat(outputs).Intersect(module.state_dict().Keys), "is the name of a weight of the module");
        foreach (var input in inputs)
        {
            CheckShape(input);
            CheckType(converter, input);
        }
    }

    private static void CheckNames(string kind, IReadOnlyList<string> names)
    {
        if (names.Count == 0 || names.Contains("") || names.Distinct(StringComparer.Ordinal).Count() < names.Count)
        {
            throw new InvalidInputException(
                $"The {kind} are '{string.Join("', '", names)}', but at least one and different names were expected.");
        }
    }

    private static void CheckTaken(IEnumerable<string> names, string what)
    {
        if (names.FirstOrDefault() is { } name)
        {
            throw new InvalidInputException($"'{name}' {what}: choose another name.");
        }
    }

    private static void CheckShape(OnnxInput input)
    {
        if (input.Shape.Any(dimension => dimension.Size < 1 || dimension.Symbol == ""))
        {
            throw new InvalidInputException(
                $"The input '{input.Name}' has the shape [{string.Join(", ", input.Shape)}], " +
                "but sizes from 1 on, and names for those that may change, were expected.");
        }
    }

    private static void CheckType(ModuleConverter? converter, OnnxInput input)
    {
        if (converter is null)
        {
            return;
        }

        if (input.Type is torch.ScalarType.Float64 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16)
        {
            throw new InvalidInputException(
                $"The input '{input.Name}' is of {input.Type}, but {TypeNames.Of(converter.Type)} computes in single " +
                "precision: Float32 was expected.");
        }
    }
}
