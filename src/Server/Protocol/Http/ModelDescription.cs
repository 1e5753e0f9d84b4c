using OnnxSentiment.Core;

namespace OnnxSentiment.Server;

/// <summary>Describes models and what they have done, in the protocol's words.</summary>
internal static class ModelDescription
{
    public static ModelBody Of(ModelVersion version, IReadOnlyList<ModelVersion> served)
    {
        var metadata = version.Model.Metadata;
        return new ModelBody(
            version.Name,
            [.. served.Select(other => other.Version)],
            ModelSignature.Platform,
            [.. version.Signature.Inputs.Select(input => Of(input, InsteadOf(version, input.Name)))],
            [.. version.Signature.Outputs.Select(output => Of(output, null))],
            new(
                metadata.Labels,
                version.Model.MaximumLength,
                metadata.Vocabulary.Count,
                Precisions.NameOf(metadata.Precision),
                version.Model.Device.ToString(),
                metadata.Metrics,
                version.Proof.IsVerified,
                version.Proof.Reason));
    }

    public static VersionStatisticsBody Statistics(ModelVersion version)
    {
        var (requests, queue) = (version.Statistics, version.Queue.Statistics);
        return new VersionStatisticsBody(
            version.Name, version.Version, requests.LastInference, queue.Texts, queue.Batches,
            new(
                Of(requests.Success), Of(requests.Failure), new(queue.Texts, Nanoseconds(queue.QueueTime)),
                new(0, 0), new(queue.Batches, Nanoseconds(queue.RunTime)), new(0, 0)),
            []);
    }

    private static TensorBody Of(TensorSignature tensor, TensorParametersBody? parameters) =>
        new(tensor.Name, tensor.Datatype, tensor.Shape, parameters);

    // Of two inputs, a request gives one.
    private static TensorParametersBody? InsteadOf(ModelVersion version, string input) =>
        version.Signature.Inputs.FirstOrDefault(tensor => tensor.Name != input) is { } other
            ? new(true, other.Name)
            : null;

    private static DurationBody Of((long Count, long Nanoseconds) time) => new(time.Count, time.Nanoseconds);

    private static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;
}
