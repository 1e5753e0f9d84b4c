using Microsoft.Extensions.Logging;

namespace OnnxSentiment.Runtime;

/// <summary>What loading logs.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(
        1, LogLevel.Information, "{Model} loaded in {Milliseconds:0} ms: {Precision}, {VocabularySize} ids.")]
    public static partial void ModelLoaded(
        this ILogger logger, string model, string precision, int vocabularySize, double milliseconds);
}
