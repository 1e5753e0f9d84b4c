using Microsoft.Extensions.Logging;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentModelDeviceTests
{
    [Test]
    public void Load_Auto_SaysOnceInTheLogWhatWasChosenAndWhy()
    {
        IgnoreWithCuda();
        var log = new Entries();
        using var stream = new MemoryStream(TestModel.Bytes());
        using var model = SentimentModel.Load(stream, logger: log);

        model.Predict("word3");
        model.Predict(["word4", "word5"]);

        Assert.That(model.Device, Is.EqualTo(Device.Cpu));
        Assert.That(log.Lines.Where(line => line.Contains("runs on")), Is.EqualTo([
            "Information: The model of the stream runs on cpu with managed buffers: the app's native ONNX Runtime has no CUDA (it offers CPUExecutionProvider): use the package Microsoft.ML.OnnxRuntime.Gpu in place of Microsoft.ML.OnnxRuntime, or name a CUDA plug-in's library."]));
    }

    [Test]
    public void Load_Cuda_IsRefusedWhereThereIsNone()
    {
        IgnoreWithCuda();
        Assert.That(() => TestModel.Load(new SentimentModelOptions { Device = Device.Cuda(1) }), Throws.TypeOf<InvalidInputException>()
            .With.Message.StartsWith("The model of the stream cannot run on cuda:1: the app's native ONNX Runtime has no CUDA"));
    }

    [Test]
    public void Load_AutoWithUselessPlugIn_FallsBackWithAWarning()
    {
        IgnoreWithCuda();
        var log = new Entries();
        using var stream = new MemoryStream(TestModel.Bytes());
        using var model = SentimentModel.Load(stream, new SentimentModelOptions { ExecutionProviderLibrary = "not-here.so" }, log);

        Assert.That(model.Device, Is.EqualTo(Device.Cpu));
        Assert.That(log.Lines, Has.Exactly(1).StartsWith("Warning: The model of the stream runs on cpu: cuda:0 cannot be used:")
            .And.Exactly(1).Contains("there is no plug-in library 'not-here.so'"));
    }

    private static void IgnoreWithCuda()
    {
        if (new OrtDeviceHost().Providers.Contains(FakeHost.Cuda))
        {
            Assert.Ignore("This build has CUDA.");
        }
    }

    private sealed class Entries : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
