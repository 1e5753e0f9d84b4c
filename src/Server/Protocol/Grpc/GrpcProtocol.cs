using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Mvc;

namespace OnnxSentiment.Server;

/// <summary>Registers the Open Inference Protocol over gRPC.</summary>
internal static class GrpcProtocol
{
    public static void AddGrpcProtocol(this WebApplicationBuilder builder)
    {
        builder.Services.AddGrpc();
        builder.Services.AddOptions<GrpcServiceOptions>().Configure<LimitOptions>((grpc, limits) =>
        {
            grpc.Interceptors.Add<GrpcErrors>();
            grpc.MaxReceiveMessageSize = (int)limits.BodyBytes;
            grpc.MaxSendMessageSize = null;

            // The library unpacks without a limit, and few bytes can become many.
            grpc.CompressionProviders.Clear();
        });
    }

    // What is limited is the message, which a code of the protocol says; a body that is too large ends without one.
    public static void MapGrpcProtocol(this WebApplication app) =>
        app.MapGrpcService<GrpcInferenceService>().WithMetadata(new DisableRequestSizeLimitAttribute());
}
