using OnnxSentiment.Runtime;

namespace OnnxSentiment.Benchmarks;

/// <summary>This project's runtime library: a list in one call, or a call for each text.</summary>
internal sealed class OurLibrary(
    IReadOnlyList<string> texts, string path, bool oneByOne = false, SentimentModelOptions? options = null)
    : InProcess(texts)
{
    private readonly SentimentModel _model = SentimentModel.Load(path, options);

    public override string Version => Versions.OnnxRuntime;

    public override void Dispose() => _model.Dispose();

    protected override float[] Compute(IReadOnlyList<string> texts) => oneByOne
        ? [.. texts.Select(text => _model.Predict(text).Probability)]
        : [.. _model.Predict(texts).Select(prediction => prediction.Probability)];
}
