using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime;

/// <summary>Makes an engine of a file's bytes, on the device that the options ask for.</summary>
internal static class EngineLoader
{
    /// <param name="model">The bytes of the file.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="options">How to use the machine; null for the defaults.</param>
    /// <param name="logger">Receives what was loaded and where it runs; null for nobody.</param>
    /// <exception cref="InvalidInputException">The file or the device cannot be used.</exception>
    public static Engine Load(byte[] model, string name, SentimentModelOptions? options, ILogger? logger)
    {
        var start = Stopwatch.GetTimestamp();
        options = (options ?? new SentimentModelOptions()).Validated();
        logger ??= NullLogger.Instance;
        SessionFactory.CheckNativeLibrary();
        var (session, metadata) = ModelLoader.Load(model, name);
        Engine engine = session is TextSession text
            ? Create(text, metadata, name, options, logger)
            : Create((IdsSession)session, metadata, model, name, options, logger);
        logger.ModelLoaded(
            name,
            Precisions.NameOf(metadata.Precision),
            metadata.Vocabulary.Count,
            Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        return engine;
    }

    private static TextEngine Create(
        TextSession session, ModelMetadata metadata, string name, SentimentModelOptions options, ILogger logger)
    {
        DevicePlacement.Place(session, name, options, logger);
        return new TextEngine(session, metadata, options);
    }

    private static IdsEngine Create(
        IdsSession session,
        ModelMetadata metadata,
        byte[] model,
        string name,
        SentimentModelOptions options,
        ILogger logger)
    {
        var (placed, device) = DevicePlacement.Place(session, model, name, options, logger);
        return new IdsEngine(placed, metadata, options, device);
    }
}
