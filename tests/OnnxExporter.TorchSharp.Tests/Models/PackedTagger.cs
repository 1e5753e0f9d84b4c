using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>A tagger that is told how long each text is: padding reaches no state, in neither direction.</summary>
internal sealed class PackedTagger : Module<Tensor, Tensor, Tensor>, IOnnxMultiExportable
{
    private readonly Embedding embedding = Embedding(50, 8);
    private readonly LSTM lstm = LSTM(8, 6, batchFirst: true, bidirectional: true);
    private readonly Linear classifier = Linear(12, 5);

    public PackedTagger()
        : base(nameof(PackedTagger)) => RegisterComponents();

    public override Tensor forward(Tensor ids, Tensor lengths)
    {
        using var packed = nn.utils.rnn.pack_padded_sequence(
            embedding.call(ids), lengths, batch_first: true, enforce_sorted: false);
        var (output, _, _) = lstm.call(packed);
        var (states, _) = nn.utils.rnn.pad_packed_sequence(output, batch_first: true, total_length: ids.shape[1]);
        return classifier.call(states);
    }

    public IReadOnlyList<OnnxValue> Export(OnnxScope scope, IReadOnlyList<OnnxValue> inputs)
    {
        var states = scope.CallAll(lstm, scope.Call(embedding, inputs[0]), null, null, inputs[1])[0];
        return [scope.Call(classifier, states)];
    }
}
