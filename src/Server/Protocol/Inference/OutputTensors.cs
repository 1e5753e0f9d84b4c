using System.Globalization;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>Turns predictions into the tensors that a request asks for.</summary>
internal static class OutputTensors
{
    /// <summary>
    /// The outputs that a request asks for, each once: repeated, they would make a large answer of a small request.
    /// </summary>
    /// <exception cref="RequestException">One is asked for again.</exception>
    public static IReadOnlyList<RequestedOutput> EachOnce(IEnumerable<RequestedOutput> outputs)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. outputs.Select(output => names.Add(output.Name)
            ? output
            : throw RequestException.Invalid(
                $"inference output {ModelNames.Shown(output.Name)} is asked for more than once"))];
    }

    /// <summary>The outputs to return: those asked for, or all.</summary>
    /// <exception cref="RequestException">The model has no such output, or it cannot be given as classes.</exception>
    public static IReadOnlyList<RequestedOutput> Requested(ModelVersion version, IReadOnlyList<RequestedOutput> outputs)
    {
        foreach (var output in outputs)
        {
            if (version.Signature.Outputs.All(tensor => tensor.Name != output.Name))
            {
                var known = string.Join(", ", version.Signature.Outputs.Select(tensor => $"'{tensor.Name}'"));
                throw RequestException.Invalid(
                    $"unexpected inference output {ModelNames.Shown(output.Name)} for model '{version.Name}': it has "
                    + $"{known}");
            }

            if (output.Classes > 0 && output.Name != GraphNames.Probability)
            {
                throw RequestException.Invalid(
                    $"classification is of the output '{GraphNames.Probability}', not of '{output.Name}'");
            }
        }

        return outputs.Count > 0
            ? outputs
            : [.. version.Signature.Outputs.Select(tensor => new RequestedOutput(tensor.Name))];
    }

    /// <summary>The tensors, in the order of the outputs.</summary>
    public static IReadOnlyList<InferenceTensor> Of(
        ModelVersion version, IReadOnlyList<RequestedOutput> outputs, IReadOnlyList<SentimentPrediction> predictions) =>
        [.. outputs.Select(output => Of(version.Model, output, predictions))];

    private static InferenceTensor Of(
        SentimentModel model, RequestedOutput output, IReadOnlyList<SentimentPrediction> predictions) => output switch
        {
            { Classes: > 0 } => Classes(model.Labels, output, predictions),
            { Name: GraphNames.Logit } => Floats(
                output.Name, model.LogitCount, predictions.SelectMany(prediction => prediction.Logits)),
            { Name: GraphNames.Probability } => Floats(
                output.Name, model.LogitCount, predictions.SelectMany(prediction => Row(model, prediction))),
            _ => new(
                output.Name, ModelSignature.Bytes, [predictions.Count],
                predictions.Select(prediction => prediction.Label).ToArray()),
        };

    private static InferenceTensor Floats(string name, int columns, IEnumerable<float> values)
    {
        var array = values.ToArray();
        return new(name, ModelSignature.Float, [array.Length / columns, columns], array);
    }

    // As the file gives it: of two labels, that of the second alone.
    private static IReadOnlyList<float> Row(SentimentModel model, SentimentPrediction prediction) =>
        model.LogitCount == 1 ? [prediction.Probability] : prediction.Probabilities;

    private static InferenceTensor Classes(
        IReadOnlyList<string> labels, RequestedOutput output, IReadOnlyList<SentimentPrediction> predictions)
    {
        var count = Math.Min(output.Classes, labels.Count);
        var values = predictions.SelectMany(prediction => prediction.Probabilities
            .Select((probability, label) => (Probability: probability, Label: label))
            .OrderByDescending(pair => pair.Probability).Take(count)
            .Select(pair => string.Create(
                CultureInfo.InvariantCulture, $"{pair.Probability:0.000000}:{pair.Label}:{labels[pair.Label]}")));
        return new(output.Name, ModelSignature.Bytes, [predictions.Count, count], values.ToArray());
    }
}
