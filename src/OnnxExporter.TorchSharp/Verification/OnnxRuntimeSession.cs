using System.Collections;
using System.Reflection;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp;

/// <summary>A value that a graph is given.</summary>
/// <param name="Name">The name of the input.</param>
/// <param name="Values">A flat array of the element type.</param>
/// <param name="Shape">The sizes.</param>
internal sealed record GraphInput(string Name, Array Values, long[] Shape);

/// <summary>
/// Runs a model in the ONNX Runtime of the app, if it has one. It is bound by name when the program runs, so that an app
/// without it loads and exports all the same: what is used is its public C# API as of version 1.16, which has
/// <c>OrtValue</c>.
/// </summary>
internal sealed class OnnxRuntimeSession : IDisposable
{
    private const string AssemblyName = "Microsoft.ML.OnnxRuntime";

    private readonly Api _api;
    private readonly IDisposable _session;

    private OnnxRuntimeSession(Api api, byte[] model)
    {
        _api = api;
        using var options = api.OneThread();
        _session = (IDisposable)Invoke(() => Activator.CreateInstance(api.Session, model, options))!;
    }

    private delegate ReadOnlySpan<T> ReadSpan<T>();

    /// <summary>Loads a model; null, and a reason, where the app has no ONNX Runtime that can be used.</summary>
    /// <exception cref="OnnxRuntimeFailure">ONNX Runtime refuses the model.</exception>
    internal static OnnxRuntimeSession? TryCreate(ModelProto model, out string reason)
    {
        try
        {
            reason = "";
            return new(Api.Load(), ModelFile.ToBytes(model));
        }
        catch (Exception e) when (e is FileNotFoundException or TypeInitializationException or TypeLoadException or MissingMethodException)
        {
            reason = $"this app has no usable ONNX Runtime ({e.Message.TrimEnd('.')}); add a reference to the package {AssemblyName}";
            return null;
        }
    }

    /// <summary>Runs the model.</summary>
    /// <returns>The values in the order of their names.</returns>
    /// <exception cref="OnnxRuntimeFailure">ONNX Runtime cannot run the model on these inputs.</exception>
    internal IReadOnlyList<TensorValues> Run(IReadOnlyList<GraphInput> inputs, IReadOnlyList<string> outputs)
    {
        var values = Array.CreateInstance(_api.Value, inputs.Count);
        using var options = (IDisposable)Activator.CreateInstance(_api.RunOptions)!;
        try
        {
            for (var i = 0; i < inputs.Count; i++)
            {
                values.SetValue(_api.CreateValue(inputs[i]), i);
            }

            object[] arguments = [options, inputs.Select(input => input.Name).ToArray(), values, outputs.ToArray()];
            using var results = (IDisposable)Invoke(() => _api.Run.Invoke(_session, arguments))!;
            return [.. ((IEnumerable)results).Cast<object>().Select(_api.Read)];
        }
        finally
        {
            foreach (var value in values)
            {
                (value as IDisposable)?.Dispose();
            }
        }
    }

    public void Dispose() => _session.Dispose();

    // What ONNX Runtime throws comes wrapped by the reflection.
    private static object? Invoke(Func<object?> call)
    {
        try
        {
            return call();
        }
        catch (TargetInvocationException e) when (e.InnerException?.GetType().FullName == $"{AssemblyName}.OnnxRuntimeException")
        {
            throw new OnnxRuntimeFailure(e.InnerException.Message, e.InnerException);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            throw e.InnerException;
        }
    }

    /// <summary>The types and methods that are used.</summary>
    private sealed record Api(Type Session, Type SessionOptions, Type Value, Type RunOptions, MethodInfo Run, MethodInfo Create)
    {
        internal static Api Load()
        {
            var assembly = Assembly.Load(AssemblyName);
            var (session, sessionOptions) = (Find("InferenceSession"), Find("SessionOptions"));
            var (value, options) = (Find("OrtValue"), Find("RunOptions"));
            var collection = typeof(IReadOnlyCollection<>);
            var strings = collection.MakeGenericType(typeof(string));
            var run = session.GetMethod("Run", [options, strings, collection.MakeGenericType(value), strings]);
            var create = value.GetMethods().FirstOrDefault(method =>
                method.Name == "CreateTensorValueFromMemory" && method.GetParameters() is [{ ParameterType.IsArray: true }, _]);
            return new(session, sessionOptions, value, options, Present(run), Present(create));

            Type Find(string name) => assembly.GetType($"{AssemblyName}.{name}") ?? throw Missing();

            MethodInfo Present(MethodInfo? method) => method ?? throw Missing();

            MissingMethodException Missing() => new($"{assembly.GetName()} is older than 1.16, or has another API");
        }

        // The inputs are small: a pool of threads would only wait, which it does by spinning.
        internal IDisposable OneThread()
        {
            var options = (IDisposable)Activator.CreateInstance(SessionOptions)!;
            SessionOptions.GetProperty("IntraOpNumThreads")!.SetValue(options, 1);
            return options;
        }

        internal object CreateValue(GraphInput input) =>
            Create.MakeGenericMethod(input.Values.GetType().GetElementType()!).Invoke(null, [input.Values, input.Shape])!;

        internal TensorValues Read(object value)
        {
            var info = Value.GetMethod("GetTensorTypeAndShape")!.Invoke(value, null)!;
            var shape = (long[])info.GetType().GetProperty("Shape")!.GetValue(info)!;
            var element = info.GetType().GetProperty("ElementDataType")!.GetValue(info)!.ToString();
            return element switch
            {
                "Float" => new(ScalarType.Float32, shape, [.. Read<float>(value).Select(x => (double)x)]),
                "Double" => new(ScalarType.Float64, shape, Read<double>(value)),
                "Int64" => new(ScalarType.Int64, shape, [.. Read<long>(value).Select(x => (double)x)]),
                "Int32" => new(ScalarType.Int32, shape, [.. Read<int>(value).Select(x => (double)x)]),
                "Bool" => new(ScalarType.Bool, shape, [.. Read<bool>(value).Select(x => x ? 1.0 : 0.0)]),
                _ => throw new NotSupportedException($"Values of type {element} are not compared."),
            };
        }

        private T[] Read<T>(object value) =>
            Value.GetMethod("GetTensorDataAsSpan")!.MakeGenericMethod(typeof(T)).CreateDelegate<ReadSpan<T>>(value)().ToArray();
    }
}

/// <summary>ONNX Runtime refuses a model or cannot run it.</summary>
internal sealed class OnnxRuntimeFailure(string message, Exception inner) : Exception(message, inner);
