using BenchmarkDotNet.Attributes;
using OnnxSentiment.Core;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// One text, from the text to the prediction, beside the bare call on ids that are ready. BenchmarkDotNet runs it.
/// </summary>
[MemoryDiagnoser]
public class OneText
{
    private string[] _texts = [];
    private SentimentModel _model = null!;
    private BareCall _bare = null!;
    private int _next;

    /// <summary>The ids of each text.</summary>
    [Params(50, 200)]
    public int Ids { get; set; }

    /// <summary>Loads the model and the texts.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var checkpoint = Checkpoint.Load(Checkout.Checkpoint);
        var encoder = new TextEncoder(checkpoint.Config.Text, checkpoint.Vocabulary);
        _texts = ShortTexts.Of(Reviews.Read(), encoder, Ids);
        _model = SentimentModel.Load(Checkout.Model);
        _bare = new BareCall(Checkout.Model, Array.ConvertAll(_texts, text => encoder.Encode(text)));
    }

    /// <summary>Frees both.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _bare.Dispose();
        _model.Dispose();
    }

    /// <summary>ONNX Runtime alone, the ids ready.</summary>
    [Benchmark(Baseline = true)]
    public float BareCall() => _bare.Run(Next());

    /// <summary>This project's library, from the text.</summary>
    [Benchmark]
    public SentimentPrediction Predict() => _model.Predict(_texts[Next()]);

    private int Next() => _next = (_next + 1) % _texts.Length;
}
