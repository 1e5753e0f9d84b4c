using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>Answers requests of the Open Inference Protocol; HTTP and gRPC only translate. Thread-safe.</summary>
internal sealed class InferenceService(ModelRepository repository, LimitOptions limits, TimeProvider clock)
{
    /// <summary>Computes a request in whatever batches come next.</summary>
    /// <exception cref="RequestException">
    /// The request cannot be answered; see <see cref="RequestErrors.Of"/> for the other errors.
    /// </exception>
    public async Task<InferenceResponse> InferAsync(InferenceRequest request, CancellationToken cancellation)
    {
        using var lease = repository.Lease(request.ModelName, request.ModelVersion);
        var version = lease.Version;
        return await version.Statistics.CountAsync(async () =>
        {
            var outputs = OutputTensors.Requested(version, request.Outputs);
            var predictions = await Deadline.ApplyAsync(
                token => PredictAsync(version, request.Inputs, token), request.Timeout, clock, cancellation);
            return new InferenceResponse(
                version.Name, version.Version, request.Id, OutputTensors.Of(version, outputs, predictions));
        });
    }

    private Task<IReadOnlyList<SentimentPrediction>> PredictAsync(
        ModelVersion version, IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        limits.CheckTexts(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            limits.CheckText(texts[i], i);
        }

        return version.Queue.PredictAsync(texts, cancellation);
    }

    private Task<IReadOnlyList<SentimentPrediction>> PredictAsync(
        ModelVersion version, IReadOnlyList<InferenceTensor> inputs, CancellationToken cancellation)
    {
        var input = InputTensors.Only(version, inputs);
        return input.Name == GraphNames.Text
            ? PredictAsync(version, InputTensors.Texts(version, input), cancellation)
            : version.Queue.PredictAsync(Batch(version, input), cancellation);
    }

    private TokenBatch Batch(ModelVersion version, InferenceTensor input)
    {
        limits.CheckTokens(input.Values.Length);
        limits.CheckTexts(input.Shape[0]);
        return InputTensors.Batch(version, input);
    }
}
