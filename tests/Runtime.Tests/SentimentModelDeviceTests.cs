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
        Assert.That(log.Lines.Where(line => line.Contains("runs on")), Has.One.StartsWith("Information")
            .And.One.Contains("runs on cpu").And.One.Contains("CPUExecutionProvider")
            .And.One.Contains("Microsoft.ML.OnnxRuntime.Gpu"));
    }

    [Test]
    public void Load_Cuda_IsRefusedWhereThereIsNone()
    {
        IgnoreWithCuda();
        Assert.That(
            () => TestModel.Load(new SentimentModelOptions { Device = Device.Cuda(1) }),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("cuda:1").And.Message.Contains("no CUDA"));
    }

    [Test]
    public void Load_AutoWithUselessPlugIn_FallsBackWithAWarning()
    {
        IgnoreWithCuda();
        var log = new Entries();
        using var stream = new MemoryStream(TestModel.Bytes());
        using var model = SentimentModel.Load(
            stream, new SentimentModelOptions { ExecutionProviderLibrary = "not-here.so" }, log);

        Assert.That(model.Device, Is.EqualTo(Device.Cpu));
        Assert.That(log.Lines, Has.Exactly(1).StartsWith("Warning").And.Exactly(1).Contains("cuda:0 cannot be used")
            .And.Exactly(1).Contains("'not-here.so'"));
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

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
