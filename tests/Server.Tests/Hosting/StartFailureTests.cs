using System.Net.Sockets;
using OnnxSentiment.Core;

namespace OnnxSentiment.Server.Tests;

/// <summary>
/// Which errors of a start are the user's, and what they are told; ProcessTests has those that Kestrel throws.
/// </summary>
[Parallelizable]
public class StartFailureTests
{
    [Test]
    public void Sentence_WrongSetting_IsItsOwn() =>
        Assert.That(
            StartFailure.Sentence(new InvalidInputException("Limits:Texts is 0.")), Is.EqualTo("Limits:Texts is 0."));

    [Test]
    public void Sentence_NoRightToThePort_AdvisesOtherAddresses() => Assert.That(
        StartFailure.Sentence(new SocketException((int)SocketError.AccessDenied)),
        Does.StartWith("The server cannot listen: ").And.EndsWith(
            "; choose other addresses with --urls and --Grpc:Url."));

    [Test]
    public void Sentence_OtherInputOrOutput_AdvisesNoAddresses() =>
        Assert.That(StartFailure.Sentence(new IOException("The limit of inotify instances is reached.")),
            Is.EqualTo("The limit of inotify instances is reached."));

    [Test]
    public void Sentence_Defect_HasNone() =>
        Assert.That(StartFailure.Sentence(new InvalidOperationException("No service for type X.")), Is.Null);
}
