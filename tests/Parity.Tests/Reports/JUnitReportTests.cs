using System.Xml.Linq;

namespace OnnxSentiment.Parity.Tests;

/// <summary>Whether the form fits its schema is asked in Cli.Tests, of what the commands write.</summary>
public class JUnitReportTests
{
    [Test]
    public void ToJUnit_OfEachOutcome_IsASuiteForEachGroup() => Assert.That(
        Reports.Mixed.ToJUnit(),
        Is.EqualTo(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <testsuites name="onnx-sentiment verify" tests="3" failures="1" errors="0">
              <testsuite name="weights" tests="2" failures="1" errors="0" skipped="0">
                <properties>
                  <property name="subject" value="model.onnx" />
                  <property name="against" value="checkpoint" />
                </properties>
                <testcase classname="verify.weights" name="embedding.weight">
                  <system-out>texts 25,000
            largest difference 1.25e-07 (allowed 1.0e-05)
            flips 0 (allowed 0)</system-out>
                </testcase>
                <testcase classname="verify.weights" name="output.weight">
                  <failure type="failed" message="Element [0, 3] is 0.5, but 0.25 was expected.">first line
            second line</failure>
                  <system-out>largest difference NaN (allowed 0)</system-out>
                </testcase>
              </testsuite>
              <testsuite name="accuracy" tests="1" failures="0" errors="0" skipped="1">
                <properties>
                  <property name="subject" value="model.onnx" />
                  <property name="against" value="checkpoint" />
                </properties>
                <testcase classname="verify.accuracy" name="int8 against float32">
                  <skipped type="skipped" message="Too few texts."></skipped>
                </testcase>
              </testsuite>
            </testsuites>
            """));

    [Test]
    public void ToJUnit_HostileTexts_ComeBackButForWhatXmlCannotHold()
    {
        var expected = string.Concat(Reports.Hostile.ReplaceLineEndings("\n").Select(
            c => c is '\0' or '\u0001' or '\u001B' or '\uFFFE' or '\uD800' or '\uDC00' ? '\uFFFD' : c));
        var cases = XDocument.Parse(Reports.HostileReport.ToJUnit()).Descendants("testcase").ToList();
        Assert.That(cases, Has.Count.EqualTo(3));
        var failure = cases.Single(test => test.Element("failure") is not null).Element("failure")!;
        Assert.That(failure.Attribute("message")!.Value, Is.EqualTo(expected));
        Assert.That(failure.Value, Is.EqualTo($"{expected}\n```\n{expected}"));
    }
}
