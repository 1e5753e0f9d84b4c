using System.Reflection;
using System.Runtime.Loader;

namespace OnnxSentiment.Runtime.Tests;

public class NativeLibraryTests
{
    [Test]
    public void Load_WithoutNativeLibrary_NamesThePackagesToAdd()
    {
        var context = new ContextWithoutNativeLibraries(TestContext.CurrentContext.TestDirectory);
        var model = context.LoadFromAssemblyName(typeof(SentimentModel).Assembly.GetName())
            .GetType(typeof(SentimentModel).FullName!)!;
        var load = model.GetMethods().Single(
            method => method.Name == nameof(SentimentModel.Load) && method.GetParameters()[0].ParameterType == typeof(
                Stream));

        var error = Assert.Throws<TargetInvocationException>(
            () => load.Invoke(null, [new MemoryStream([1, 2, 3]), null, null]));

        Assert.That(error?.InnerException?.GetType().Name, Is.EqualTo("InvalidInputException"));
        Assert.That(
            error?.InnerException?.Message, Does.StartWith("The native library of ONNX Runtime was not found."));
        Assert.That(error?.InnerException?.Message, Does.Contain("package Microsoft.ML.OnnxRuntime or"));
        Assert.That(error?.InnerException?.Message, Does.Contain("Microsoft.ML.OnnxRuntime.Gpu"));
    }

    /// <summary>
    /// Loads this project's and ONNX Runtime's assemblies a second time, and finds nothing native for them.
    /// </summary>
    private sealed class ContextWithoutNativeLibraries(string folder) : AssemblyLoadContext("without native libraries")
    {
        protected override Assembly? Load(AssemblyName name)
        {
            var path = Path.Combine(folder, name.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }

        protected override nint LoadUnmanagedDll(string name) =>
            throw new DllNotFoundException($"'{name}' is not here.");
    }
}
