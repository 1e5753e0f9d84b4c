using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace OnnxSentiment.Server.Tests;

/// <summary>Which code and status an error has, and that an unexpected one tells nothing.</summary>
[Parallelizable]
public class RequestErrorsTests
{
    private static readonly CancellationToken Gone = new(canceled: true);

    [Test]
    public void Of_UnexpectedError_TellsNothing()
    {
        var error = RequestErrors.Of(new InvalidOperationException("secret"), default);

        Assert.That((error.Code, error.Status), Is.EqualTo((StatusCode.Internal, 500)));
        Assert.That(error.Message, Does.Not.Contain("secret"));
    }

    [Test]
    public void Of_CancellationByTheCaller_IsNoDefect()
    {
        var error = RequestErrors.Of(new OperationCanceledException(), Gone);

        Assert.That((error.Code, error.Status), Is.EqualTo((StatusCode.Cancelled, 499)));
    }

    [Test]
    public void Of_CancellationByNobody_IsADefect() =>
        Assert.That(RequestErrors.Of(new OperationCanceledException(), default).Code, Is.EqualTo(StatusCode.Internal));

    [TestCase(413, StatusCode.InvalidArgument)]
    [TestCase(408, StatusCode.DeadlineExceeded)]
    [TestCase(400, StatusCode.InvalidArgument)]
    public void Of_ErrorsOfHttp_KeepTheirStatus(int status, StatusCode code)
    {
        var error = RequestErrors.Of(new BadHttpRequestException("secret", status), default);

        Assert.That((error.Code, error.Status), Is.EqualTo((code, status)));
    }

    [TestCase(404, StatusCode.NotFound)]
    [TestCase(405, StatusCode.Unimplemented)]
    [TestCase(415, StatusCode.InvalidArgument)]
    [TestCase(499, StatusCode.Cancelled)]
    [TestCase(500, StatusCode.Internal)]
    public void OfStatus_WithoutAWord_KeepsIt(int status, StatusCode code)
    {
        var error = RequestErrors.OfStatus(status);

        Assert.That((error.Code, error.Status), Is.EqualTo((code, status)));
    }

    // The table of docs/serving.md.
    [TestCase(StatusCode.InvalidArgument, ExpectedResult = 400)]
    [TestCase(StatusCode.Unauthenticated, ExpectedResult = 401)]
    [TestCase(StatusCode.PermissionDenied, ExpectedResult = 403)]
    [TestCase(StatusCode.NotFound, ExpectedResult = 404)]
    [TestCase(StatusCode.Unimplemented, ExpectedResult = 405)]
    [TestCase(StatusCode.ResourceExhausted, ExpectedResult = 429)]
    [TestCase(StatusCode.Cancelled, ExpectedResult = 499)]
    [TestCase(StatusCode.Internal, ExpectedResult = 500)]
    [TestCase(StatusCode.Unavailable, ExpectedResult = 503)]
    [TestCase(StatusCode.DeadlineExceeded, ExpectedResult = 504)]
    public int StatusOf_ACode_IsThatOfTheTable(StatusCode code) => RequestErrors.StatusOf(code);
}
