using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>The basic block of ResNet (He et al., CVPR 2016), with a projection where the shapes differ.</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly ReLU relu = ReLU();
    private readonly Sequential downsample;

    public ResidualBlock(long channels, long outputs, long stride)
        : base(nameof(ResidualBlock))
    {
        (conv1, bn1) = (Conv2d(channels, outputs, 3, stride, 1, bias: false), BatchNorm2d(outputs));
        (conv2, bn2) = (Conv2d(outputs, outputs, 3, 1, 1, bias: false), BatchNorm2d(outputs));
        downsample = stride == 1 && channels == outputs
            ? Sequential(Identity())
            : Sequential(Conv2d(channels, outputs, 1, stride, bias: false), BatchNorm2d(outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var y = relu.call(bn1.call(conv1.call(input)));
        return relu.call(bn2.call(conv2.call(y)) + downsample.call(input));
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        var y = scope.Call(relu, scope.Call(bn1, scope.Call(conv1, input)));
        return scope.Call(relu, scope.Add(scope.Call(bn2, scope.Call(conv2, y)), scope.Call(downsample, input)));
    }
}
