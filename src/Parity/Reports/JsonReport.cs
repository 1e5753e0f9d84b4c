using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OnnxSentiment.Parity;

/// <summary>A report as JSON, for programs.</summary>
internal static class JsonReport
{
    /// <summary>Raised when a reader of the old form would misread the new one; additions do not raise it.</summary>
    private const int FormatVersion = 1;

    // Letters of all scripts stay letters: the file is read by programs and people, not embedded in a page.
    private static readonly JsonWriterOptions Indented = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    internal static string Format(CheckReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            Write(json, report);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, CheckReport report)
    {
        json.WriteStartObject();
        json.WriteNumber("format_version", FormatVersion);
        json.WriteString("command", report.Command);
        json.WriteString("subject", report.Subject);
        json.WriteString("against", report.Against);
        json.WriteString("outcome", ReportWords.Of(report.Outcome));
        json.WriteStartObject("counts");
        foreach (var outcome in Enum.GetValues<CheckOutcome>())
        {
            json.WriteNumber(ReportWords.Of(outcome), report.Count(outcome));
        }

        json.WriteEndObject();
        json.WriteStartArray("checks");
        foreach (var check in report.Checks)
        {
            Write(json, check);
        }

        json.WriteEndArray();
        if (report.Metrics is { } metrics)
        {
            json.WritePropertyName("metrics");
            metrics.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CheckResult check)
    {
        json.WriteStartObject();
        json.WriteString("group", check.Group);
        json.WriteString("name", check.Name);
        json.WriteString("outcome", ReportWords.Of(check.Outcome));
        json.WriteString("message", check.Message);
        json.WriteString("details", check.Details);
        json.WriteStartArray("measurements");
        foreach (var measurement in check.Measurements)
        {
            json.WriteStartObject();
            json.WriteString("name", measurement.Name);
            WriteNumber(json, "value", measurement.Value);
            if (measurement.Allowed is { } allowed)
            {
                WriteNumber(json, "allowed", allowed);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // JSON has no NaN. The names are those that .NET and Protocol Buffers use.
    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
