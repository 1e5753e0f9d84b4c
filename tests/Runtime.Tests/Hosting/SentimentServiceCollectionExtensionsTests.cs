using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentServiceCollectionExtensionsTests
{
    private readonly TestModelFile _file = new();

    [OneTimeTearDown]
    public void DeleteFile() => _file.Dispose();

    [Test]
    public async Task AddSentimentModel_Configured_GivesOneModelAndItsQueue()
    {
        using var services = Services(options => options.ModelPath = _file.Path).BuildServiceProvider();
        using var direct = TestModel.Load();

        var model = services.GetRequiredService<SentimentModel>();
        var batching = services.GetRequiredService<BatchingSentimentModel>();

        Assert.That(services.GetRequiredService<SentimentModel>(), Is.SameAs(model));
        Assert.That(model.Predict("word5 word6"), Is.EqualTo(direct.Predict("word5 word6")));
        Assert.That(await batching.PredictAsync("word5 word6"), Is.EqualTo(direct.Predict("word5 word6")));
    }

    [Test]
    public void AddSentimentModel_Section_SetsEveryOption()
    {
        using var services = Services(Section(
            ("ModelPath", _file.Path), ("Threads", "3"), ("MaximumBatchTokens", "77"),
            ("MaximumQueueLength", "5"), ("Deadline", "00:00:02"), ("Device", "cpu"), ("AllowTf32", "true")))
            .BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<SentimentServiceOptions>>().Value;

        Assert.That(options.ToModelOptions(), Is.EqualTo(
            new SentimentModelOptions { Device = Device.Cpu, AllowTf32 = true, Threads = 3, MaximumBatchTokens = 77 }));
        Assert.That(
            options.ToBatchingOptions(),
            Is.EqualTo(new BatchingOptions { MaximumQueueLength = 5, Deadline = TimeSpan.FromSeconds(2) }));
        Assert.That(services.GetRequiredService<SentimentModel>().Engine.Limits.Runs, Is.EqualTo(3));
        Assert.That(services.GetRequiredService<BatchingSentimentModel>().MaximumQueueLength, Is.EqualTo(5));
    }

    [Test]
    public void AddSentimentModel_NothingButThePath_HasTheDefaults()
    {
        using var services = Services(Section(("ModelPath", _file.Path))).BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<SentimentServiceOptions>>().Value;

        Assert.That(options.ToModelOptions(), Is.EqualTo(new SentimentModelOptions()));
        Assert.That(options.ToBatchingOptions(), Is.EqualTo(new BatchingOptions()));
    }

    [TestCase("Device", "gpu", "device is 'gpu'")]
    [TestCase("ExecutionProviderLibrary", " ", "ExecutionProviderLibrary is empty")]
    [TestCase("Threads", "0", "Threads is 0")]
    [TestCase("MaximumBatchTokens", "-1", "MaximumBatchTokens is -1")]
    [TestCase("MaximumQueueLength", "0", "MaximumQueueLength is 0")]
    [TestCase("Deadline", "00:00:00", "Deadline is 00:00:00")]
    [TestCase("ModelPath", "", "ModelPath is not set; name a file")]
    [TestCase("ModelPath", "nowhere/model.onnx", "ModelPath is 'nowhere/model.onnx', where no file is")]
    [TestCase("Thread", "2", "Thread")]
    [TestCase("Threads", "many", "Threads")]
    public void Start_UnusableOption_FailsAndNamesIt(string key, string value, string message)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSentimentModel(
            key == "ModelPath" ? Section((key, value)) : Section(("ModelPath", _file.Path), (key, value)));
        using var host = builder.Build();

        Assert.That(async () => await host.StartAsync(), Throws.Exception.With.Message.Contains(message));
    }

    [Test]
    public void Dispose_OfTheContainer_DisposesTheModel()
    {
        var services = Services(options => options.ModelPath = _file.Path).BuildServiceProvider();
        var model = services.GetRequiredService<SentimentModel>();
        var batching = services.GetRequiredService<BatchingSentimentModel>();

        services.Dispose();

        Assert.That(() => model.Predict("word5"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(async () => await batching.PredictAsync("word5"), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Model_Loaded_IsLogged()
    {
        var log = new LogRecords();
        using var services = Services(options => options.ModelPath = _file.Path)
            .AddSingleton<ILoggerFactory>(new LoggerFactory([log])).BuildServiceProvider();

        services.GetRequiredService<SentimentModel>();

        Assert.That(log.Messages, Has.Exactly(1).Matches<string>(
            message => message!.StartsWith($"The model '{_file.Path}' loaded in", StringComparison.Ordinal)
                && message.Contains("float32, 50 ids", StringComparison.Ordinal)));
    }

    private static ServiceCollection Services(Action<SentimentServiceOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddSentimentModel(configure);
        return services;
    }

    private static ServiceCollection Services(IConfiguration section)
    {
        var services = new ServiceCollection();
        services.AddSentimentModel(section);
        return services;
    }

    private static IConfiguration Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(
            values.Select(value => KeyValuePair.Create($"Sentiment:{value.Key}", (string?)value.Value)))
        .Build().GetSection("Sentiment");
}
