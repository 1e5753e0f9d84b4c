using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace OnnxSentiment.Server.Tests;

/// <summary>What a cancelled call is counted as: the time and the caller's going look the same to what was under way.</summary>
public class GrpcErrorsTests
{
    [TestCase(-1, StatusCode.DeadlineExceeded, "deadline")]
    [TestCase(60, StatusCode.Cancelled, "cancelled")]
    public async Task Call_Cancelled_IsTooLateOnlyAfterItsDeadline(int secondsLeft, StatusCode status, string reason)
    {
        await using var server = await TestServer.StartAsync();
        var errors = new GrpcErrors(server.Services.GetRequiredService<ServerMetrics>(), NullLogger<GrpcErrors>.Instance);

        var error = await Assert.ThrowsAsync<RpcException>(() => errors.UnaryServerHandler<string, string>(
            "request", new CancelledCall(DateTime.UtcNow.AddSeconds(secondsLeft)), (_, call) => throw new OperationCanceledException(call.CancellationToken)));

        Assert.That(error!.StatusCode, Is.EqualTo(status));
        Assert.That((await server.GetAsync("/metrics")).Text, Does.Contain($"errors_total{{reason=\"{reason}\"}} 1"));
    }

    private sealed class CancelledCall(DateTime deadline) : ServerCallContext
    {
        protected override string MethodCore => "/inference.GRPCInferenceService/ModelInfer";

        protected override string HostCore => "localhost";

        protected override string PeerCore => "ipv4:127.0.0.1:1";

        protected override DateTime DeadlineCore => deadline;

        protected override Metadata RequestHeadersCore => [];

        protected override CancellationToken CancellationTokenCore => new(canceled: true);

        protected override Metadata ResponseTrailersCore => [];

        protected override Status StatusCore { get; set; }

        protected override WriteOptions? WriteOptionsCore { get; set; }

        protected override AuthContext AuthContextCore => new(null, []);

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) => throw new NotSupportedException();
    }
}
