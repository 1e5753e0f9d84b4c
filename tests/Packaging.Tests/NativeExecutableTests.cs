namespace OnnxSentiment.Packaging.Tests;

/// <summary>
/// An app over Runtime, compiled to native code, as <c>build/aot-smoke.sh</c> publishes and measures it.
/// </summary>
[Category("Packaging")]
public sealed class NativeExecutableTests
{
    private CheckScript _script = null!;

    [OneTimeSetUp]
    public void Publish() => _script = CheckScript.Run("aot-smoke.sh");

    [TestCase("publish")]
    [TestCase("size")]
    [TestCase("predictions")]
    [TestCase("same-work")]
    public void Executable_Published_PassesTheCheck(string check) => _script.Require(check);

    [Test]
    public void Script_AfterItsChecks_EndsWithoutAnError() => Assert.That(_script.ExitCode, Is.Zero, _script.Output);
}
