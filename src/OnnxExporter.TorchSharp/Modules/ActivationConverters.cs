using OnnxSentiment.Onnx;
using TorchSharp.Modules;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>Functions of single elements, and softmax.</summary>
internal static class ActivationConverters
{
    internal static IReadOnlyList<ModuleConverter> All { get; } =
    [
        ModuleConverter.Of<ReLU>(Any("Relu"), (scope, _, x) => scope.Graph.Relu(scope.Name, x.Name)),
        ModuleConverter.Of<LeakyReLU>(
            Any("LeakyRelu", "negative_slope"),
            (scope, m, x) => Activations.AddLeakyRelu(scope.Graph, scope.Name, x.Name, m.negative_slope)),
        ModuleConverter.Of<ELU>(
            Any("Elu", "alpha"), (scope, m, x) => Activations.AddElu(scope.Graph, scope.Name, x.Name, m.alpha)),
        ModuleConverter.Of<GELU>(Any("Erf or Tanh, Mul, Add", "approximate none and tanh"), AddGelu),
        ModuleConverter.Of<SiLU>(
            Any("Sigmoid, Mul"), (scope, _, x) => Activations.AddSilu(scope.Graph, scope.Name, x.Name)),
        ModuleConverter.Of<Tanh>(Any("Tanh"), (scope, _, x) => scope.Graph.Tanh(scope.Name, x.Name)),
        ModuleConverter.Of<Sigmoid>(Any("Sigmoid"), (scope, _, x) => scope.Graph.Sigmoid(scope.Name, x.Name)),
        ModuleConverter.Of<Softmax>(
            Any("Softmax", "dim"), (scope, m, x) => scope.Graph.Softmax(scope.Name, x.Name, scope.Axis(x, m.dim))),
        ModuleConverter.Of<LogSoftmax>(
            Any("LogSoftmax", "dim"),
            (scope, m, x) => scope.Graph.LogSoftmax(scope.Name, x.Name, scope.Axis(x, m.dim))),
        ModuleConverter.Of<Hardswish>(
            Any("HardSwish"), (scope, _, x) => Activations.AddHardswish(scope.Graph, scope.Name, x.Name)),
        ModuleConverter.Of<Softplus>(
            Any("Softplus, and Mul, Div, Greater, Where for other options than the defaults", "beta, threshold"),
            (scope, m, x) => Activations.AddSoftplus(scope.Graph, scope.Name, x.Name, m.beta, m.threshold)),
        ModuleConverter.Of<PReLU>(Any("PRelu", "one slope, or one a channel"), AddPRelu),
    ];

    private static ModuleSupport Any(string operators, string options = "") => new("any shape", options, "", operators);

    private static string AddGelu(OnnxScope scope, GELU gelu, OnnxValue x) => gelu.approximate == GELU.Approximate.tanh
        ? Activations.AddGeluTanh(scope.Graph, scope.Name, x.Name)
        : Activations.AddGelu(scope.Graph, scope.Name, x.Name);

    private static string AddPRelu(OnnxScope scope, PReLU prelu, OnnxValue x)
    {
        if (prelu.num_parameters > 1 && x.KnownShape is not { Count: > 1 })
        {
            throw scope.Wrong($"its input is {x}, but [batch, channels, …] was expected for a slope a channel");
        }

        return Activations.AddPRelu(scope.Graph, scope.Name, x.Name, scope.Weight("weight", prelu.weight));
    }
}
