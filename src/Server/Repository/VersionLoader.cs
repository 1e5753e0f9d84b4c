using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server;

/// <summary>Makes a version ready to serve: loaded, verified and warm.</summary>
internal sealed class VersionLoader(
    ModelsOptions models, BatchingSettings batching, TimeProvider clock, ILoggerFactory loggers)
{
    private readonly SentimentModelOptions _modelOptions = batching.ToModelOptions(models);
    private readonly BatchingOptions _batchingOptions = batching.ToBatchingOptions();

    /// <exception cref="InvalidInputException">The version cannot be served; the message says why.</exception>
    public ModelVersion Load(string name, VersionFolder folder)
    {
        // The bytes that are checked are those that are loaded, even if the file is replaced meanwhile.
        var bytes = ModelLoader.Read(folder.ModelFile);
        var hasSum = VersionCheck.CheckSum(bytes, folder);
        var model = SentimentModel.Load(
            bytes, folder.ModelFile, _modelOptions, loggers.CreateLogger<SentimentModel>());
        try
        {
            var proof = VersionCheck.Run(model, folder, hasSum);
            model.WarmUp();
            var queue = new BatchingSentimentModel(
                model, _batchingOptions, loggers.CreateLogger<BatchingSentimentModel>());
            return new ModelVersion(name, folder, model, queue, clock) { Proof = proof };
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
