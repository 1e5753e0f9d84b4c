using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>As in reinforcement learning: the states of the last call are where the next one begins.</summary>
internal sealed class Policy : Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly LSTM lstm = LSTM(4, 5, batchFirst: true);
    private readonly Linear head = Linear(5, 2);
    private Tensor? hidden;
    private Tensor? cell;

    public Policy()
        : base(nameof(Policy)) => RegisterComponents();

    public override Tensor forward(Tensor input)
    {
        if (hidden is null || hidden.shape[1] != input.shape[0])
        {
            (hidden, cell) = (zeros(1, input.shape[0], 5), zeros(1, input.shape[0], 5));
        }

        var (y, h, c) = lstm.call(input, (hidden, cell!));
        (hidden, cell) = (h, c);
        return head.call(y);
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Call(head, scope.Call(lstm, input));
}
