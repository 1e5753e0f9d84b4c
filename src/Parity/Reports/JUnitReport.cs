using System.Text;
using System.Xml;

namespace OnnxSentiment.Parity;

/// <summary>
/// A report as JUnit's XML, in the form that Jenkins, GitLab and Azure read; <c>docs/schemas/junit.xsd</c> describes
/// it. It holds no times: the same checks give the same bytes.
/// </summary>
internal static class JUnitReport
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
    };

    internal static string Format(CheckReport report)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("testsuites");
            Attribute(xml, "name", $"onnx-sentiment {report.Command}");
            WriteCounts(xml, report.Checks);
            foreach (var group in report.Checks.GroupBy(check => check.Group))
            {
                WriteSuite(xml, report, group.Key, [.. group]);
            }

            xml.WriteEndElement();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteSuite(
        XmlWriter xml, CheckReport report, string group, IReadOnlyList<CheckResult> checks)
    {
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", group);
        WriteCounts(xml, checks);
        Attribute(xml, "skipped", $"{checks.Count(check => check.Outcome == CheckOutcome.Skipped)}");
        xml.WriteStartElement("properties");
        WriteProperty(xml, "subject", report.Subject);
        WriteProperty(xml, "against", report.Against);
        xml.WriteEndElement();
        foreach (var check in checks)
        {
            WriteCase(xml, report.Command, check);
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, string command, CheckResult check)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", $"{command}.{check.Group.Replace('.', '_')}"); // dots cut packages
        Attribute(xml, "name", check.Name);
        if (check.Outcome != CheckOutcome.Passed)
        {
            xml.WriteStartElement(check.Outcome == CheckOutcome.Failed ? "failure" : "skipped");
            Attribute(xml, "type", ReportWords.Of(check.Outcome));
            Attribute(xml, "message", check.Message.Length > 0 ? check.Message : ReportWords.Of(check.Outcome));
            xml.WriteString(ReportWords.Clean(check.Details));
            xml.WriteEndElement();
        }

        string[] notes =
        [
            .. check.Outcome == CheckOutcome.Passed ? Lines(check.Message).Concat(Lines(check.Details)) : [],
            .. check.Measurements.Select(ReportWords.Of),
        ];
        if (notes.Length > 0)
        {
            xml.WriteStartElement("system-out");
            xml.WriteString(ReportWords.Clean(string.Join('\n', notes)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string[] Lines(string text) => text.Length > 0 ? [text] : [];

    private static void WriteCounts(XmlWriter xml, IReadOnlyList<CheckResult> checks)
    {
        Attribute(xml, "tests", $"{checks.Count}");
        Attribute(xml, "failures", $"{checks.Count(check => check.Outcome == CheckOutcome.Failed)}");
        Attribute(xml, "errors", "0");
    }

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        Attribute(xml, "name", name);
        Attribute(xml, "value", value);
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) =>
        xml.WriteAttributeString(name, ReportWords.Clean(value));
}
