using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace OnnxSentiment.Server.Tests;

/// <summary>
/// What a cancelled call is counted as: the time and the caller's going look the same to what was under way.
/// </summary>
[Parallelizable]
public class GrpcErrorsTests
{
    [TestCase(-1, StatusCode.DeadlineExceeded)]
    [TestCase(60, StatusCode.Cancelled)]
    public async Task Call_Cancelled_IsTooLateOnlyAfterItsDeadline(int secondsLeft, StatusCode code)
    {
        var errors = new GrpcErrors(NullLogger<GrpcErrors>.Instance);
        var call = new CancelledCall(DateTime.UtcNow.AddSeconds(secondsLeft));

        var error = await Assert.ThrowsAsync<RpcException>(() => errors.UnaryServerHandler<string, string>(
            "request", call, (_, context) => throw new OperationCanceledException(context.CancellationToken)));

        Assert.That(error!.StatusCode, Is.EqualTo(code));
        Assert.That(call.GetHttpContext().Features.Get<RequestException>()?.Code, Is.EqualTo(code), "it is counted");
    }

    private sealed class CancelledCall : ServerCallContext
    {
        private readonly DateTime _deadline;

        public CancelledCall(DateTime deadline)
        {
            _deadline = deadline;
            UserState["__HttpContext"] = new DefaultHttpContext();
        }

        protected override string MethodCore => "/inference.GRPCInferenceService/ModelInfer";

        protected override string HostCore => "localhost";

        protected override string PeerCore => "ipv4:127.0.0.1:1";

        protected override DateTime DeadlineCore => _deadline;

        protected override Metadata RequestHeadersCore => [];

        protected override CancellationToken CancellationTokenCore => new(canceled: true);

        protected override Metadata ResponseTrailersCore => [];

        protected override Status StatusCore { get; set; }

        protected override WriteOptions? WriteOptionsCore { get; set; }

        protected override AuthContext AuthContextCore => new(null, []);

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
            throw new NotSupportedException();
    }
}
