using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using OnnxSentiment.Server.Proto;

namespace OnnxSentiment.Server;

/// <summary>
/// The Open Inference Protocol V2 over gRPC. Errors are thrown as over HTTP; <see cref="GrpcErrors"/> translates them.
/// </summary>
internal sealed class GrpcInferenceService(InferenceService inference, ModelRepository repository, Readiness readiness)
    : GRPCInferenceService.GRPCInferenceServiceBase
{
    private static readonly string[] Extensions = ["classification", "parameters"];

    [AllowAnonymous]
    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerLiveResponse { Live = true });

    [AllowAnonymous]
    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerReadyResponse { Ready = readiness.IsReady });

    /// <summary>As Triton, says no of a model that it does not know, too.</summary>
    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ModelReadyResponse { Ready = IsServed(request) });

    public override Task<ServerMetadataResponse> ServerMetadata(
        ServerMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerMetadataResponse
        {
            Name = ServerIdentity.Name,
            Version = ServerIdentity.Version,
            Extensions = { Extensions },
        });

    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context)
    {
        using var lease = repository.Lease(request.Name, request.Version);
        var signature = lease.Version.Signature;
        return Task.FromResult(new ModelMetadataResponse
        {
            Name = lease.Version.Name,
            Versions = { repository.VersionsOf(request.Name).Select(version => version.Version) },
            Platform = ModelSignature.Platform,
            Inputs = { signature.Inputs.Select(Describe) },
            Outputs = { signature.Outputs.Select(Describe) },
        });
    }

    public override async Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context)
    {
        var response = await inference.InferAsync(
            InferMessages.Read(request, TimeLeft(context)), context.CancellationToken);
        return InferMessages.Write(response, isRaw: request.RawInputContents.Count > 0);
    }

    private static TimeSpan? TimeLeft(ServerCallContext context) =>
        context.Deadline == DateTime.MaxValue ? null : Deadline.Bounded(context.Deadline - DateTime.UtcNow);

    private static ModelMetadataResponse.Types.TensorMetadata Describe(TensorSignature tensor) =>
        new() { Name = tensor.Name, Datatype = tensor.Datatype, Shape = { tensor.Shape } };

    private bool IsServed(ModelReadyRequest request)
    {
        try
        {
            using var lease = repository.Lease(request.Name, request.Version);
            return true;
        }
        catch (RequestException e) when (e.Code is StatusCode.NotFound or StatusCode.Unavailable)
        {
            return false;
        }
    }
}
