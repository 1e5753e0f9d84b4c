using System.Text.Json;
using System.Text.Json.Nodes;
using OnnxSentiment.Core;
using OnnxSentiment.Core.Checkpoints;
using OnnxSentiment.Core.Text;
using OnnxSentiment.Trainer.Internals;

namespace OnnxSentiment.Trainer.Training;

/// <summary>All settings of one training: a preset, or a preset with changes.</summary>
public sealed record TrainingRecipe
{
    /// <summary>How texts become ids.</summary>
    public required TextSettings Text { get; init; }

    /// <summary>The architecture.</summary>
    public required ModelConfig Model { get; init; }

    /// <summary>How the network is fitted.</summary>
    public required TrainingSettings Training { get; init; }

    /// <summary>Every setting with its value, as <see cref="With"/> takes them.</summary>
    public IReadOnlyList<(string Name, string Value)> Describe() =>
        [.. Sections(ToJson()).SelectMany(section => section).Select(s => (s.Key, s.Value!.ToString()))];

    /// <summary>The recipe with one setting changed.</summary>
    /// <param name="assignment"><c>name=value</c>, for instance <c>hidden_size=128</c> or <c>cell=gru</c>.</param>
    /// <exception cref="InvalidInputException">No such setting, no such value, or a value out of its range.</exception>
    public TrainingRecipe With(string assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var parts = assignment.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length != 2)
        {
            throw new InvalidInputException($"'{assignment}' sets nothing; write name=value, for instance epochs=3.");
        }

        var json = ToJson();
        var section = Sections(json).FirstOrDefault(s => s.ContainsKey(parts[0]))
            ?? throw new InvalidInputException(
                $"There is no setting '{parts[0]}'; known ones: {string.Join(", ", Describe().Select(s => s.Name))}.");
        section[parts[0]] = ParseLike(section[parts[0]]!, parts[1]);
        return FromJson(json, assignment);
    }

    /// <summary>Returns the recipe, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public TrainingRecipe Validated()
    {
        Text.Validated();
        Model.Validated();
        Training.Validated();
        return this;
    }

    private static IEnumerable<JsonObject> Sections(JsonObject recipe) => recipe.Select(section => section.Value!.AsObject());

    private static JsonNode? ParseLike(JsonNode old, string value) =>
        old.GetValueKind() == JsonValueKind.String ? JsonValue.Create(value) : ParseScalar(value);

    private static JsonNode? ParseScalar(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value); // Not a number: the record's own reader says what it expected.
        }
    }

    private static TrainingRecipe FromJson(JsonObject json, string assignment)
    {
        try
        {
            return json.Deserialize(TrainerJson.Default.TrainingRecipe)!.Validated();
        }
        catch (JsonException e)
        {
            throw new InvalidInputException($"'{assignment}' is not possible: {Explain(e)}", e);
        }
    }

    private static string Explain(JsonException e)
    {
        var type = KnownValues.FirstOrDefault(known => e.Message.Contains(known.Type.FullName!, StringComparison.Ordinal));
        return type.Names is null ? e.Message : $"one of {type.Names} was expected.";
    }

    private static readonly (Type Type, string Names)[] KnownValues =
    [
        NamesOf<CellKind>(), NamesOf<RnnNonlinearity>(), NamesOf<ReadoutKind>(), NamesOf<TokenizerKind>(),
    ];

    private static (Type Type, string Names) NamesOf<T>()
        where T : struct, Enum =>
        (typeof(T), string.Join(", ", Enum.GetValues<T>().Select(v => JsonSerializer.Serialize(v, TrainerJson.Default.Options).Trim('"'))));

    private JsonObject ToJson() => JsonSerializer.SerializeToNode(this, TrainerJson.Default.TrainingRecipe)!.AsObject();
}
