using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>
/// ResNet with bottlenecks (He et al., CVPR 2016): 50 layers with 3, 4, 6 and 3 blocks, 101 with 3, 4, 23 and 3; stride
/// in the 3 × 3 convolution and initialization as in torchvision. Nothing has been trained, so that the values grow
/// from block to block, to hundreds.
/// </summary>
internal sealed class ResNet : Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly Sequential all;

    public ResNet(params ReadOnlySpan<int> blocks)
        : base(nameof(ResNet))
    {
        List<(string, Module<Tensor, Tensor>)> parts =
        [
            ("conv1", Conv2d(3, 64, 7, 2, 3, bias: false)), ("bn1", BatchNorm2d(64)), ("relu", ReLU()),
            ("maxpool", MaxPool2d(3, 2, 1)),
        ];
        var channels = 64L;
        for (var stage = 0; stage < blocks.Length; stage++)
        {
            for (var block = 0; block < blocks[stage]; block++)
            {
                var bottleneck = new Bottleneck(channels, 64L << stage, block == 0 && stage > 0 ? 2 : 1);
                parts.Add(($"layer{stage + 1}_{block}", bottleneck));
                channels = 256L << stage;
            }
        }

        parts.AddRange([("avgpool", AdaptiveAvgPool2d(1)), ("flatten", Flatten()), ("fc", Linear(channels, 1000))]);
        all = Sequential(parts);
        RegisterComponents();
        foreach (var convolution in all.modules().OfType<Conv2d>())
        {
            init.kaiming_normal_(
                convolution.weight!, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        }
    }

    public override Tensor forward(Tensor input) => all.call(input);

    public OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Call(all, input);
}

/// <summary>A block of <see cref="ResNet"/>, of a narrow 3 × 3 convolution between two of 1 × 1.</summary>
internal sealed class Bottleneck : Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly Sequential body;
    private readonly Sequential downsample;
    private readonly ReLU relu = ReLU();

    public Bottleneck(long channels, long width, long stride)
        : base(nameof(Bottleneck))
    {
        body = Sequential(
            ("conv1", Conv2d(channels, width, 1, bias: false)), ("bn1", BatchNorm2d(width)), ("relu1", ReLU()),
            ("conv2", Conv2d(width, width, 3, stride, 1, bias: false)), ("bn2", BatchNorm2d(width)), ("relu2", ReLU()),
            ("conv3", Conv2d(width, 4 * width, 1, bias: false)), ("bn3", BatchNorm2d(4 * width)));
        downsample = stride == 1 && channels == 4 * width
            ? Sequential(new Reader(x => x.alias(), (_, x) => x))
            : Sequential(Conv2d(channels, 4 * width, 1, stride, bias: false), BatchNorm2d(4 * width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => relu.call(body.call(input) + downsample.call(input));

    public OnnxValue Export(OnnxScope scope, OnnxValue input) =>
        scope.Call(relu, scope.Add(scope.Call(body, input), scope.Call(downsample, input)));
}
