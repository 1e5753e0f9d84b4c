using System.Buffers;
using System.Text.Json;

namespace OnnxSentiment.Core;

/// <summary>The JSON header of a safetensors file and every check of it.</summary>
internal static class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";
    private const int Alignment = 8;

    private static readonly JsonDocumentOptions StrictJson = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    internal sealed record Entry(string Name, string Type, IReadOnlyList<long> Shape, long Begin, int Length);

    internal static (List<Entry> Entries, Dictionary<string, string> Metadata) Parse(byte[] header, long dataLength)
    {
        try
        {
            using var json = JsonDocument.Parse(header, StrictJson);
            var (entries, metadata) = ReadObject(json.RootElement);
            CheckCoverage(entries, dataLength);
            return (entries, metadata);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // JsonElement reports text that is not UTF-8, or escapes half a surrogate pair, as an invalid operation.
            throw new InvalidDataException($"its header is no valid JSON object: {e.Message}", e);
        }
    }

    internal static byte[] Format(
        IReadOnlyDictionary<string, SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            var begin = 0L;
            foreach (var (name, tensor) in tensors)
            {
                WriteEntry(json, name, tensor, begin);
                begin += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        // Spaces up to a multiple of eight, so that the data is aligned.
        var padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan.ToArray();
    }

    private static (List<Entry> Entries, Dictionary<string, string> Metadata) ReadObject(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"its header is a JSON {root.ValueKind}, but an object was expected.");
        }

        var entries = new List<Entry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == MetadataKey)
            {
                ReadMetadata(property.Value, metadata);
            }
            else
            {
                entries.Add(ReadEntry(property.Name, property.Value));
            }
        }

        entries.Sort((a, b) => (a.Begin, a.Length).CompareTo((b.Begin, b.Length)));
        return (entries, metadata);
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object
            || element.EnumerateObject().Any(p => p.Value.ValueKind != JsonValueKind.String))
        {
            throw new InvalidDataException($"its {MetadataKey} is not an object of strings.");
        }

        foreach (var property in element.EnumerateObject())
        {
            metadata.Add(property.Name, property.Value.GetString()!);
        }
    }

    private static Entry ReadEntry(string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !TryReadIntegers(element, "shape", out var shape)
            || !TryReadIntegers(element, "data_offsets", out var offsets) || offsets.Count != 2)
        {
            throw new InvalidDataException(
                $"tensor '{name}' needs a dtype, a shape of whole numbers and two data_offsets, none of them "
                + "negative.");
        }

        var type = dtype.GetString()!;
        var elementSize = SafetensorsTensor.ElementSize(type)
            ?? throw new InvalidDataException(
                $"tensor '{name}' has the unknown type '{type}'; known types: "
                + $"{string.Join(", ", SafetensorsTensor.KnownTypes)}.");
        var length = ByteLength(name, shape, elementSize);
        if (offsets[1] - offsets[0] != length)
        {
            throw new InvalidDataException(
                $"tensor '{name}' spans {offsets[1] - offsets[0]} bytes, but {type} [{string.Join(", ", shape)}] takes "
                + $"{length}.");
        }

        return new Entry(name, type, shape, offsets[0], length);
    }

    private static bool TryReadIntegers(JsonElement element, string property, out List<long> values)
    {
        values = [];
        if (!element.TryGetProperty(property, out var array) || array.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var value) || value < 0)
            {
                return false;
            }

            values.Add(value);
        }

        return true;
    }

    private static int ByteLength(string name, List<long> shape, int elementSize)
    {
        try
        {
            var length = shape.Aggregate((long)elementSize, (product, dimension) => checked(product * dimension));
            return length <= Array.MaxLength ? (int)length : throw new OverflowException();
        }
        catch (OverflowException e)
        {
            throw new InvalidDataException(
                $"tensor '{name}' of shape [{string.Join(", ", shape)}] takes more than {Array.MaxLength} bytes.", e);
        }
    }

    private static void CheckCoverage(List<Entry> entries, long dataLength)
    {
        var expected = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != expected)
            {
                throw new InvalidDataException(
                    $"tensor '{entry.Name}' begins at {entry.Begin}, but {expected} was expected: tensors may neither "
                    + "overlap nor leave a gap.");
            }

            expected += entry.Length;
        }

        if (expected != dataLength)
        {
            throw new InvalidDataException(
                $"its tensors take {expected} bytes, but {dataLength} follow the header; the file may be cut off.");
        }
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
        {
            return;
        }

        json.WriteStartObject(MetadataKey);
        foreach (var (key, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, SafetensorsTensor tensor, long begin)
    {
        if (name == MetadataKey)
        {
            throw new ArgumentException(
                $"A tensor cannot be named '{MetadataKey}': the format keeps that name.", nameof(name));
        }

        json.WriteStartObject(name);
        json.WriteString("dtype", tensor.Type);
        json.WriteStartArray("shape");
        foreach (var dimension in tensor.Shape)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(begin + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
