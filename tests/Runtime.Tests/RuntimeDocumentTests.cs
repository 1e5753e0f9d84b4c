using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>
/// The blocks of docs/runtime.md are this code, in this order, and it runs and prints what the document shows.
/// </summary>
[NonParallelizable] // changes the current folder and the console's output
public sealed partial class RuntimeDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Checkout.Root, "docs", "runtime.md"));

    [Test]
    public void Document_Blocks_AreTheCodeBelow()
    {
        var source = File.ReadAllText(
            Path.Combine(Checkout.Root, "tests", "Runtime.Tests", $"{nameof(RuntimeDocumentTests)}.cs"));
        var here = Region().Matches(source).SelectMany(match => Lines(match.Groups[1].Value)).ToList();
        var there = Blocks("csharp").SelectMany(Lines).ToList();

        Assert.That(there, Is.EqualTo(here));
        Assert.That(there, Has.Count.GreaterThan(20));
    }

    [Test]
    public async Task Document_Examples_PrintWhatIsShown()
    {
        var (folder, output) = (Environment.CurrentDirectory, Console.Out);
        using var written = new StringWriter();
        var temporary = Directory.CreateTempSubdirectory("runtime-document-");
        try
        {
            File.Copy(Path.Combine(Checkout.ImdbModel, "model.onnx"), Path.Combine(temporary.FullName, "model.onnx"));
            File.WriteAllLines(Path.Combine(temporary.FullName, "reviews.txt"), ["Superb.", "Awful."]);
            Environment.CurrentDirectory = temporary.FullName;
            Console.SetOut(written);
            await RunModel();
            await RunHost();
        }
        finally
        {
            Console.SetOut(output);
            Environment.CurrentDirectory = folder;
            temporary.Delete(recursive: true);
        }

        Assert.That(
            string.Join('\n', Lines(written.ToString())),
            Is.EqualTo(string.Join('\n', Blocks("text").SelectMany(Lines))));
    }

    private static async Task RunModel()
    {
        // begin
        using var model = SentimentModel.Load("model.onnx");
        // end
        // begin
        SentimentPrediction one = model.Predict("A warm, funny and beautifully acted film.");
        Console.WriteLine($"{one.Label} {one.Probability:0.000}");

        IReadOnlyList<SentimentPrediction> many = await model.PredictAsync(
            ["A joy from start to end.", "A waste of time."]);
        Console.WriteLine(string.Join(' ', many.Select(prediction => prediction.Label)));
        // end
        // begin
        await foreach (var prediction in model.PredictStreamAsync(File.ReadLinesAsync("reviews.txt")))
        {
            Console.WriteLine(prediction.Label);
        }
        // end
        // begin
        using var batching = new BatchingSentimentModel(model, new BatchingOptions
        {
            MaximumQueueLength = 256,
            Deadline = TimeSpan.FromSeconds(2),
        });
        SentimentPrediction answer = await batching.PredictAsync("Not bad at all.");
        // end
        // begin
        const string Text = "Dull at first, but the ending is brilliant.";
        SentimentExplanation explanation = model.Explain(Text);
        foreach (var token in explanation.Tokens.OrderByDescending(token => Math.Abs(token.Weight)).Take(3))
        {
            Console.WriteLine($"{token.Weight:+0.00;-0.00} {Text.AsSpan(token.Start, token.Length)}");
        }
        // end
        Assert.That(answer.Label, Is.AnyOf("positive", "negative"));
    }

    private static async Task RunHost()
    {
        File.WriteAllText("appsettings.json", Blocks("json").Single());
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = Environment.CurrentDirectory });
        builder.Configuration.AddJsonFile("appsettings.json");
        builder.Services.AddLogging();
        // begin
        builder.Services.AddSentimentModel(builder.Configuration.GetSection("Sentiment"));
        builder.Services.AddHealthChecks().AddCheck<SentimentHealthCheck>("sentiment");
        // end
        using var host = builder.Build();
        await host.StartAsync();
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.That(report.Status, Is.EqualTo(HealthStatus.Healthy), report.Entries["sentiment"].Description);
        Assert.That(host.Services.GetRequiredService<BatchingSentimentModel>().MaximumQueueLength, Is.EqualTo(256));
    }

    private static IEnumerable<string> Blocks(string language) =>
        Document.Split($"```{language}\n").Skip(1).Select(part => part.Split("```")[0]);

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    [GeneratedRegex(@"^ +// begin\n(.*?)^ +// end$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();
}
