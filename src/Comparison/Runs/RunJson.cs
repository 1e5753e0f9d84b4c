using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxSentiment.Comparison;

/// <summary>The JSON form of a run, in the style of the checkpoint's.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(NumbersInOneLine)],
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(ModelRun))]
internal sealed partial class RunJson : JsonSerializerContext;

/// <summary>Long lists of measured numbers: one line each, four significant digits.</summary>
internal sealed class NumbersInOneLine : JsonConverter<IReadOnlyList<double>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<double> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var numbers = new List<double>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            numbers.Add(reader.GetDouble());
        }

        return numbers;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options)
    {
        var numbers = value.Select(number => number.ToString("G4", CultureInfo.InvariantCulture));
        writer.WriteRawValue($"[{string.Join(", ", numbers)}]");
    }
}
