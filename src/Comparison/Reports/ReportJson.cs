using System.Text.Json.Serialization;

namespace OnnxSentiment.Comparison;

/// <summary>The JSON form of a report, in the style of a run's.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(NumbersInOneLine)],
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(ComparisonSummary))]
internal sealed partial class ReportJson : JsonSerializerContext;
