using System.Text.Json.Serialization;

namespace OnnxSentiment.Core;

/// <summary>
/// Reads and writes an enumeration by name alone: a number in a file would go past every check of it.
/// </summary>
internal sealed class EnumNameConverter<T>() : JsonStringEnumConverter<T>(namingPolicy: null, allowIntegerValues: false)
    where T : struct, Enum;
