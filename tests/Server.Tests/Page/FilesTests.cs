using System.Globalization;
using System.Text;
using Microsoft.Playwright;

namespace OnnxSentiment.Server.Tests;

/// <summary>Many reviews from a file, and the file with verdicts.</summary>
public class FilesTests : PageTest
{
    private protected override string[] Settings => ["Limits:Texts=20"];

    private ILocator Progress => Page.Locator("#progress-text");

    private ILocator Trouble => Page.Locator("#file-problem");

    [Test]
    public async Task Download_HasTheFileAsItWas_AndTheVerdicts()
    {
        string[] texts = ["word5, word9", "word20\nword3, \"word31\"", "word7", "word44"];
        var rows = $"1,\"{texts[0]}\",good\r\n2,\"word20\nword3, \"\"word31\"\"\",\"\"\r\n"
            + $"3,{texts[2]},\" spaced \"\r\n4,{texts[3]},\r\n";
        var predictions = texts.Select(Model.Predict).ToList();
        string[] ends = [",good", ",", ",\" spaced \"", ","];
        string[] starts = ["1,\"word5, word9\"", "2,\"word20\nword3, \"\"word31\"\"\"", "3,word7", "4,word44"];
        var expected = "id,Review,input_label,label,probability\r\n"
            + string.Concat(
                predictions.Select((p, i) => $"{starts[i]}{ends[i]},{p.Label},{Probability(p.Probability)}\r\n"));

        await OpenAsync("reviews.csv", "id,Review,label\r\n" + rows);
        await ClassifyAsync();

        Assert.That(await DownloadAsync(), Is.EqualTo(("reviews.verdicts.csv", expected)));
    }

    [Test]
    public async Task FiveHundredRows_AllGetVerdicts_InPortionsThatTheServerReads()
    {
        var texts = TestTextsOf(500);
        var predictions = Model.Predict(texts);

        await OpenAsync("many.csv", "text\n" + string.Join('\n', texts) + "\n");
        await SaysAsync(Page.Locator("#file-size"), "500 reviews");
        await ClassifyAsync();

        await SaysAsync(Progress, "500 reviews classified.");
        var lines = (await DownloadAsync()).Content.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[1..],
            Is.EqualTo(texts.Zip(predictions, (text, p) => $"{text},{p.Label},{Probability(p.Probability)}")));
        Assert.That(await Page.Locator("#rows tr").CountAsync(), Is.EqualTo(200));
        await SaysAsync(Page.Locator("#more"), "The first 200 of 500 rows; the download has all of them.");
        Assert.That((await Page.Locator("#shares b").AllTextContentsAsync()).Sum(int.Parse), Is.EqualTo(500));
        await ContainsAsync(Page.Locator("#shares"), $"{predictions.Count(p => p.Label == "positive")} positive");
    }

    [Test]
    public async Task Cancel_StopsAndKeepsWhatIsThere()
    {
        var portions = 0;
        await Page.RouteAsync("**/sentiment", async route =>
        {
            if (!route.Request.PostData!.Contains("text99 ", StringComparison.Ordinal))
            {
                portions++;
                await route.ContinueAsync();
            }
        });
        await OpenAsync("many.csv", "text\n" + string.Concat(Enumerable.Range(0, 150).Select(i => $"text{i} word5\n")));
        await Page.Locator("#start").ClickAsync();
        await ContainsAsync(Progress, "64 of 150 reviews");

        await Page.Locator("#cancel").ClickAsync();

        await SaysAsync(Progress, "64 of 150 reviews classified, then stopped.");
        var lines = (await DownloadAsync()).Content.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines.Count(line => line.EndsWith(",,", StringComparison.Ordinal)), Is.EqualTo(86));
        Assert.That(portions, Is.GreaterThan(0));
        await IsVisibleAsync(Page.Locator("#start"));
    }

    [Test]
    public async Task Busy_WaitsAndGoesOn()
    {
        await RefuseOnceAsync(429);
        await OpenAsync("one.csv", "text\nword5\n");
        await Page.Locator("#start").ClickAsync();

        await SaysAsync(Progress, "0 of 1 review. The server has more to do than it can; trying again in 1 s.");
        await SaysAsync(Progress, "1 review classified.");
    }

    [Test]
    public async Task Column_OtherThanGuessed_IsRead()
    {
        await OpenAsync("two.csv", "title;body\nword5;word9 word9 word9\n");
        await Assertions.Expect(Page.Locator("#column")).ToHaveValueAsync("1");

        await Page.Locator("#column").SelectOptionAsync("title");
        await SaysAsync(Page.Locator("#preview"), "word5");
        await ClassifyAsync();

        var prediction = Model.Predict("word5");
        var row = $"word5;word9 word9 word9;{prediction.Label};{Probability(prediction.Probability)}";
        Assert.That((await DownloadAsync()).Content, Is.EqualTo($"title;body;label;probability\n{row}\n"));
    }

    [Test]
    public async Task Header_TurnedOff_ReadsTheFirstRowToo()
    {
        await OpenAsync("one.csv", "text\nword5\n");

        await Page.Locator("#header").UncheckAsync();

        await SaysAsync(Page.Locator("#file-size"), "2 reviews");
        await SaysAsync(Page.Locator("#column"), "column 1");
    }

    [Test]
    public async Task File_Dropped_IsRead()
    {
        var data = await Page.EvaluateHandleAsync(
            """
            () => {
              const data = new DataTransfer();
              data.items.add(new File(["text\nword5\nword9\n"], "dropped.csv"));
              return data;
            }
            """);

        await Page.DispatchEventAsync("main", "drop", new { dataTransfer = data });

        await SaysAsync(Page.Locator("#file-name"), "dropped.csv");
        await SaysAsync(Page.Locator("#file-size"), "2 reviews");
    }

    [TestCase("", "The file is empty.")]
    [TestCase("text\n\"word5\n", "Line 2 begins a quoted cell that never ends: close its quote.")]
    public async Task File_ThatIsNoTable_IsToldInASentence(string content, string sentence)
    {
        await OpenAsync("broken.csv", content);

        await SaysAsync(Trouble, sentence);
        await IsHiddenAsync(Page.Locator("#file-form"));
    }

    [Test]
    public async Task File_OfAnOlderEncoding_IsReadAsThatOfSpreadsheets()
    {
        await OpenAsync("old.csv", Encoding.Latin1.GetBytes("text\ncliché\n"));

        await SaysAsync(Page.Locator("#preview"), "cliché");
    }

    [Test]
    public async Task Row_Pressed_IsShownWordByWord()
    {
        await OpenAsync("one.csv", "text\nword5 word9\n");
        await ClassifyAsync();

        await Page.Locator("#rows button").First.ClickAsync();

        await Assertions.Expect(Review).ToHaveValueAsync("word5 word9");
        await SaysAsync(Label, Model.Predict("word5 word9").Label);
    }

    private static string[] TestTextsOf(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count)
            .Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(1, 20)).Select(_ => Word())))];

        string Word() => $"word{random.Next(3, 55)}";
    }

    // As the server writes it, then six decimals.
    private static string Probability(float value) =>
        double.Parse(value.ToString("R", CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture).ToString("F6", CultureInfo.InvariantCulture);

    private Task OpenAsync(string name, string content) => OpenAsync(name, Encoding.UTF8.GetBytes(content));

    private async Task ClassifyAsync()
    {
        await Page.Locator("#start").ClickAsync();
        await IsVisibleAsync(Page.Locator("#download"));
    }

    private async Task<(string Name, string Content)> DownloadAsync()
    {
        var download = await Page.RunAndWaitForDownloadAsync(() => Page.Locator("#download").ClickAsync());
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        return (download.SuggestedFilename, await reader.ReadToEndAsync());
    }
}
