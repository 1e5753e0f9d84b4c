using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>All settings of one training: a preset, or a preset with changes.</summary>
public sealed record TrainingRecipe
{
    private static readonly Dictionary<string, (string Section, JsonPropertyInfo Property)> Known = FindSettings();

    /// <summary>How texts become ids.</summary>
    public required TextSettings Text { get; init; }

    /// <summary>The architecture.</summary>
    public required ModelConfig Model { get; init; }

    /// <summary>How the network is fitted.</summary>
    public required TrainingSettings Training { get; init; }

    /// <summary>How word vectors are made before; not at all by default.</summary>
    public VectorSettings Vectors { get; init; } = new();

    /// <summary>How texts without labels are used.</summary>
    public TeacherSettings Teacher { get; init; } = new();

    /// <summary>Every setting with its value, as <see cref="With"/> takes them, its meaning and its range.</summary>
    public IReadOnlyList<RecipeSetting> Describe() =>
        [.. Sections(ToJson()).SelectMany(section => section).Select(s => Describe(s.Key, s.Value!.ToString()))];

    /// <summary>
    /// The recipe with settings changed. Only the result has to be possible, so their order means nothing.
    /// </summary>
    /// <param name="assignments">
    /// <c>name=value</c> each, for instance <c>hidden_size=128</c> or <c>cell=gru</c>.
    /// </param>
    /// <exception cref="InvalidInputException">No such setting, no such value, or a value out of its range.</exception>
    public TrainingRecipe With(params IEnumerable<string> assignments)
    {
        ArgumentNullException.ThrowIfNull(assignments);
        return assignments.Aggregate(this, (recipe, assignment) => recipe.Assign(assignment)).Validated();
    }

    /// <summary>Returns the recipe, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public TrainingRecipe Validated()
    {
        Text.Validated();
        Model.Validated();
        Training.Validated();
        Vectors.Validated();
        Teacher.Validated();
        return this;
    }

    /// <summary>For a network that learns from texts with and without labels.</summary>
    internal TrainingRecipe ForAllTexts() => this with
    {
        Model = Model with { EmbeddingDropout = Teacher.TeacherDropout },
        Training = Training with { Epochs = Teacher.TeacherEpochs },
    };

    private TrainingRecipe Assign(string assignment)
    {
        var parts = assignment.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts.Length != 2)
        {
            throw new InvalidInputException($"'{assignment}' sets nothing; write name=value, for instance epochs=3.");
        }

        var (section, property) = Known.TryGetValue(parts[0], out var known)
            ? known
            : throw new InvalidInputException(
                $"There is no setting '{parts[0]}'; known ones: {string.Join(", ", Known.Keys)}.");
        var type = property.PropertyType;
        if (type.IsEnum && !NamesOf(type).Contains(parts[1]))
        {
            throw NotPossible(assignment, type);
        }

        var json = ToJson();
        json[section]![parts[0]] = ParseAs(type, parts[1]);
        return FromJson(json, assignment, type);
    }

    /// <summary>
    /// All that a checkpoint says about how its weights came to be, beside architecture and text settings.
    /// </summary>
    internal JsonObject LearningToJson()
    {
        var json = ToJson();
        return new JsonObject(Sections(json).Skip(2).SelectMany(section => section)
            .Select(setting => KeyValuePair.Create(setting.Key, setting.Value?.DeepClone())));
    }

    private static RecipeSetting Describe(string name, string value)
    {
        var property = Known[name].Property;
        var meaning = ((MemberInfo)property.AttributeProvider!).GetCustomAttribute<DescriptionAttribute>()!.Description;
        return new RecipeSetting(name, value, meaning, RangeOf(property));
    }

    private static string RangeOf(JsonPropertyInfo property) =>
        SettingRanges.Of(property) is { } range ? $"{Format(range.Minimum)} to {Format(range.Maximum)}"
        : property.PropertyType == typeof(int) ? "any whole number"
        : Expectation(property.PropertyType);

    private static string Format(object bound)
    {
        var value = Convert.ToDouble(bound, CultureInfo.InvariantCulture);
        var format = value == 0 || Math.Abs(value) is >= 1e-3 and < 1e9 ? "#,0.####" : "0.#e0";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static IEnumerable<JsonObject> Sections(JsonObject recipe) =>
        recipe.Select(section => section.Value!.AsObject());

    private static Dictionary<string, (string Section, JsonPropertyInfo Property)> FindSettings()
    {
        var settings =
            from section in RecipeJson.Default.TrainingRecipe.Properties
            from property in RecipeJson.Default.GetTypeInfo(section.PropertyType)!.Properties
            where property.Get is not null
            select (property.Name, Place: (section.Name, property));
        return settings.ToDictionary(s => s.Name, s => s.Place, StringComparer.Ordinal);
    }

    // What is no number stays a text; the record's own reader then says that it expected one.
    private static JsonNode? ParseAs(Type type, string value)
    {
        try
        {
            return type.IsEnum ? JsonValue.Create(value) : JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }

    private static TrainingRecipe FromJson(JsonObject json, string assignment, Type type)
    {
        try
        {
            return json.Deserialize(RecipeJson.Default.TrainingRecipe)!;
        }
        catch (JsonException)
        {
            throw NotPossible(assignment, type);
        }
    }

    private static InvalidInputException NotPossible(string assignment, Type type) =>
        new($"'{assignment}' is not possible: {Expectation(type)} was expected.");

    private static string Expectation(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", NamesOf(type))}"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) ? "a whole number"
        : "a number";

    private static IEnumerable<string> NamesOf(Type choice) =>
        from value in Enum.GetValues(choice).Cast<object>()
        select JsonSerializer.SerializeToNode(value, RecipeJson.Default.GetTypeInfo(choice)!)!.GetValue<string>();

    private JsonObject ToJson() => JsonSerializer.SerializeToNode(this, RecipeJson.Default.TrainingRecipe)!.AsObject();
}
