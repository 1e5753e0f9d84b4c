using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using OnnxSentiment.Server.Proto;

namespace OnnxSentiment.Server.Tests;

/// <summary>A client of the gRPC service, by the service's names and messages, or by bytes.</summary>
internal sealed class InferenceClient(Uri address) : IDisposable
{
    private const string Service = "inference.GRPCInferenceService";

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(
        address, new GrpcChannelOptions { MaxReceiveMessageSize = null });

    public Task<ServerLiveResponse> LiveAsync() =>
        CallAsync<ServerLiveRequest, ServerLiveResponse>("ServerLive", new());

    public Task<ServerReadyResponse> ReadyAsync() =>
        CallAsync<ServerReadyRequest, ServerReadyResponse>("ServerReady", new());

    public Task<ServerMetadataResponse> MetadataAsync(CallOptions options = default) =>
        CallAsync<ServerMetadataRequest, ServerMetadataResponse>("ServerMetadata", new(), options);

    public Task<ModelReadyResponse> ModelReadyAsync(string name, string version = "") =>
        CallAsync<ModelReadyRequest, ModelReadyResponse>("ModelReady", new() { Name = name, Version = version });

    public Task<ModelMetadataResponse> ModelMetadataAsync(string name, string version = "") =>
        CallAsync<ModelMetadataRequest, ModelMetadataResponse>(
            "ModelMetadata", new() { Name = name, Version = version });

    public Task<ModelInferResponse> InferAsync(ModelInferRequest request, CallOptions options = default) =>
        CallAsync<ModelInferRequest, ModelInferResponse>("ModelInfer", request, options);

    /// <summary>Sends a message of any bytes.</summary>
    public async Task<byte[]> CallAsync(string method, byte[] message, CallOptions options = default) =>
        await _channel.CreateCallInvoker().AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, Service, method, Bytes, Bytes), null, options, message);

    /// <summary>The error of a call that has to fail.</summary>
    public static async Task<RpcException> ErrorAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (RpcException e)
        {
            return e;
        }

        throw new AssertionException("The call succeeded, but an error was expected.");
    }

    public void Dispose() => _channel.Dispose();

    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        string method, TRequest request, CallOptions options = default)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>, new() =>
        new MessageParser<TResponse>(() => new TResponse()).ParseFrom(
            await CallAsync(method, request.ToByteArray(), options));
}
