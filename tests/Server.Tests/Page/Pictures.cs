using Microsoft.Playwright;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Server.Tests;

/// <summary>
/// Photographs the page with the model that ships, for its document. No test, as nothing can be wrong: it runs when it
/// is asked for by name, and <c>ONNX_SENTIMENT_PICTURES</c> names the folder, for instance <c>docs/serving</c>.
/// </summary>
[Explicit("Makes the pictures of docs/serving.")]
public class Pictures : PageTest
{
    private static readonly string Folder =
        Environment.GetEnvironmentVariable("ONNX_SENTIMENT_PICTURES") is { Length: > 0 } named
            ? Path.GetFullPath(named, Checkout.Root)
            : Path.Combine(TestContext.CurrentContext.WorkDirectory, "pictures");

    private protected override TestRepository CreateRepository() =>
        new TestRepository().Add(1, File.ReadAllBytes(Path.Combine(Checkout.ImdbModel, "model.onnx")), "imdb");

    [Test]
    public async Task Picture_OfAReview_InLight()
    {
        await ShowExampleAsync("A turn at the end");
        await SaveAsync("page.png");
    }

    [Test]
    public async Task Picture_OfAReview_InDark()
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await ShowExampleAsync("Faint praise");
        await SaveAsync("page-dark.png");
    }

    [Test]
    public async Task Picture_OfAReview_OnAPhone()
    {
        await Page.SetViewportSizeAsync(360, 740);
        await ShowExampleAsync("Praise");
        await SaveAsync("page-narrow.png");
    }

    [Test]
    public async Task Picture_OfManyReviews()
    {
        await OpenAsync("reviews.csv", Reviews());
        await Page.Locator("#start").ClickAsync();
        await IsVisibleAsync(Page.Locator("#download"));
        await Page.EvaluateAsync("() => document.querySelector('.many').scrollIntoView()");
        await SaveAsync("page-file.png");
    }

    private async Task ShowExampleAsync(string name)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
        await IsVisibleAsync(Page.Locator("#words"));
        await Page.Mouse.MoveAsync(0, 0);
    }

    private async Task SaveAsync(string name)
    {
        var path = Path.Combine(Folder, name);
        await Page.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled });
        TestContext.Out.WriteLine(path);
    }

    private static byte[] Reviews()
    {
        string[] sentences =
        [
            "A warm, funny "
            + "film.", "Dull, slow and predictable.", "The ending is superb.", "I walked out after twenty minutes.",
            "She said: see it twice. I "
            + "did.", "The first half drags, but the second half is wonderful.", "Great cast, lazy script.",
            "A waste of time and talent.",
        ];
        var random = new Random(1);
        var rows = Enumerable.Range(1, 500).Select(i => $"{i},\"{Review()}\"\n");
        return System.Text.Encoding.UTF8.GetBytes("id,review\n" + string.Concat(rows));

        string Review() => string.Join(' ', random.GetItems(sentences, random.Next(1, 4)).Distinct());
    }
}
