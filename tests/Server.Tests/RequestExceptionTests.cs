using Microsoft.AspNetCore.Http;

namespace OnnxSentiment.Server.Tests;

/// <summary>Which status an error has, and that an unexpected one tells nothing.</summary>
public class RequestExceptionTests
{
    private static readonly CancellationToken Gone = new(canceled: true);

    [Test]
    public void Of_UnexpectedError_TellsNothing()
    {
        var error = RequestException.Of(new InvalidOperationException("secret"), default);

        Assert.That(error.Reason, Is.EqualTo(ErrorReason.Internal));
        Assert.That(error.Message, Does.Not.Contain("secret"));
        Assert.That(ErrorMiddleware.StatusOf(error.Reason), Is.EqualTo(500));
    }

    [Test]
    public void Of_CancellationByTheCaller_IsNoDefect() =>
        Assert.That(RequestException.Of(new OperationCanceledException(), Gone).Reason, Is.EqualTo(ErrorReason.Cancelled));

    [Test]
    public void Of_CancellationByNobody_IsADefect() =>
        Assert.That(RequestException.Of(new OperationCanceledException(), default).Reason, Is.EqualTo(ErrorReason.Internal));

    [TestCase(413, 413)]
    [TestCase(408, 408)]
    [TestCase(400, 400)]
    public void Of_ErrorsOfTheProtocol_KeepTheirStatus(int status, int expected) =>
        Assert.That(ErrorMiddleware.StatusOf(RequestException.Of(new BadHttpRequestException("secret", status), default).Reason), Is.EqualTo(expected));

    [Test]
    public void StatusOf_EveryReason_IsAnError() =>
        Assert.That(Enum.GetValues<ErrorReason>().Select(ErrorMiddleware.StatusOf), Has.All.InRange(400, 504));
}
