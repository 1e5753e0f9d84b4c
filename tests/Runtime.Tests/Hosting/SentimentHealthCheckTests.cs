using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OnnxSentiment.Core;

namespace OnnxSentiment.Runtime.Tests;

public class SentimentHealthCheckTests
{
    [Test]
    public async Task CheckHealth_WorkingModel_IsHealthyAndSaysWhatRuns()
    {
        using var file = new TestModelFile();
        await using var services = Services(file.Path);

        var entry = await Check(services);

        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(entry.Data["precision"], Is.EqualTo("float32"));
        Assert.That(entry.Data["queue_length"], Is.EqualTo(0));
    }

    [Test]
    public async Task CheckHealth_DamagedFile_IsUnhealthyWithTheReason()
    {
        using var file = new TestModelFile();
        File.WriteAllBytes(file.Path, [1, 2, 3]);
        await using var services = Services(file.Path);

        var entry = await Check(services);

        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(entry.Description, Does.Contain("cannot be used").And.Contain(file.Path));
    }

    [Test]
    public async Task CheckHealth_DisposedModel_IsUnhealthy()
    {
        using var file = new TestModelFile();
        await using var services = Services(file.Path);
        services.GetRequiredService<SentimentModel>().Dispose();

        Assert.That((await Check(services)).Status, Is.EqualTo(HealthStatus.Unhealthy));
    }

    [TestCase(0, ExpectedResult = HealthStatus.Healthy)]
    [TestCase(4, ExpectedResult = HealthStatus.Healthy)]
    [TestCase(5, ExpectedResult = HealthStatus.Degraded)]
    public HealthStatus Working_TextsThatWait_IsDegradedWhereTheQueueIsFull(int waiting) =>
        SentimentHealthCheck.Working(Precision.Float32, waiting, bound: 5).Status;

    private static ServiceProvider Services(string path)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(new LoggerFactory()).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSentimentModel(options => options.ModelPath = path);
        services.AddHealthChecks().AddCheck<SentimentHealthCheck>("sentiment");
        return services.BuildServiceProvider();
    }

    private static async Task<HealthReportEntry> Check(ServiceProvider services) =>
        (await services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["sentiment"];
}
