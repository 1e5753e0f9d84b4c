using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace OnnxSentiment.Architecture.Tests.Rules.Samples;

/// <summary>Types that show one of a library that is kept apart, each in another part of its signature.</summary>
public static class Leaks
{
    public interface ByReturnValue
    {
        torch.Tensor Logits();
    }

    public interface ByParameter
    {
        void Run(SessionOptions options);
    }

    public interface ByGenericArgument
    {
        IReadOnlyDictionary<string, ByteString[]> Values { get; }
    }

    public interface ByConstraint
    {
        void Run<T>() where T : IMessage;
    }

    public interface ByEvent
    {
        event Action<OrtValue> Predicted;
    }

    public interface ByInterface : IEnumerable<NamedOnnxValue>;

    public class ByBase : List<OrtValue>;

    public class ByProtectedField
    {
        protected readonly RunOptions? Options;
    }

    public class ByConstructor(params Duration[] durations)
    {
        public override string ToString() => $"{durations.Length}";
    }

    public delegate void ByDelegate(ref torch.Tensor tensor);
}

/// <summary>Uses one where nobody sees it.</summary>
public class Discreet
{
    private readonly List<OrtValue> _values = [];

    internal torch.Tensor? Tensor { get; }

    public int Count => _values.Count;
}
