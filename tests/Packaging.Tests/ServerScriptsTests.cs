namespace OnnxSentiment.Packaging.Tests;

/// <summary>The server, asked by a foreign client and under load, as scripts of <c>build</c> do it.</summary>
[Category("Packaging")]
public sealed class ServerScriptsTests
{
    private const int UsageError = 2; // a tool is missing

    [TestCase("protocol-check.sh", 20)]
    [TestCase("load.sh", 3, "--short")]
    public void Script_WithItsOwnServer_PassesItsChecks(string name, int checks, params string[] arguments)
    {
        var script = CheckScript.Run(name, arguments);
        if (script.ExitCode == UsageError)
        {
            Assert.Ignore(script.Output);
        }

        Assert.That(script.ExitCode, Is.Zero, script.Output);
        Assert.That(
            script.Output.Split('\n').Count(line => line.StartsWith("PASSED ", StringComparison.Ordinal)),
            Is.AtLeast(checks), script.Output);
    }
}
