using System.Text.Json.Serialization;

namespace OnnxSentiment.Parity;

/// <summary>The JSON form of <see cref="Verification"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(Verification))]
[JsonSerializable(typeof(VerificationFormat))]
internal sealed partial class VerificationJson : JsonSerializerContext;

/// <summary>All that formats have in common.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record VerificationFormat(int Format);
