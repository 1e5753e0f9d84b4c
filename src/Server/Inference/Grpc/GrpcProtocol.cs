using OnnxSentiment.Server.Operation;

namespace OnnxSentiment.Server.Inference.Grpc;

/// <summary>Registers the Open Inference Protocol over gRPC.</summary>
internal static class GrpcProtocol
{
    // In front of a message, and part of the body.
    private const int FrameBytes = 5;

    public static void AddGrpcProtocol(this WebApplicationBuilder builder)
    {
        builder.Services.AddGrpc();
        builder.Services.AddOptions<global::Grpc.AspNetCore.Server.GrpcServiceOptions>().Configure<LimitOptions>((grpc, limits) =>
        {
            grpc.Interceptors.Add<GrpcErrors>();
            grpc.MaxReceiveMessageSize = (int)Math.Max(1, limits.BodyBytes - FrameBytes);
            grpc.MaxSendMessageSize = null;

            // The library unpacks without a limit, and few bytes can become many.
            grpc.CompressionProviders.Clear();
        });
    }

    public static void MapGrpcProtocol(this WebApplication app) => app.MapGrpcService<GrpcInferenceService>();
}
