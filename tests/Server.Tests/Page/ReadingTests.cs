using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OnnxSentiment.Runtime;

namespace OnnxSentiment.Server.Tests;

/// <summary>One review: verdict and weights as one types, against the library's own results.</summary>
public class ReadingTests : PageTest
{
    private const int Levels = 5;
    private const float FullWeight = 0.5f;
    private const float Visible = FullWeight / Levels;

    private ILocator Marks => Page.Locator("#mirror mark");

    [Test]
    public async Task Verdict_TypedText_IsTheLibrarys()
    {
        const string Text = "word5 word9 word20";
        var expected = Model.Predict(Text);

        await Review.PressSequentiallyAsync(Text);

        await SaysAsync(Page.Locator(".ends"),
            $"negative {Percent(1 - expected.Probability)}positive {Percent(expected.Probability)}");
        await SaysAsync(Label, expected.Label);
        Assert.That(await Page.GetByRole(AriaRole.Meter).GetAttributeAsync("aria-valuetext"),
            Is.EqualTo(Percent(expected.Probability)));
    }

    [Test]
    public async Task Verdict_WhileTyping_FollowsTheText()
    {
        var (positive, negative) = (TextOf("positive"), TextOf("negative"));

        await Review.FillAsync(positive);
        await SaysAsync(Label, "positive");
        await Review.FillAsync(negative);
        await SaysAsync(Label, "negative");
        await Review.FillAsync("  ");
        await IsVisibleAsync(Page.Locator("#nothing"));
        await IsHiddenAsync(Label);
    }

    [Test]
    public async Task Verdict_OfAnOlderText_IsNeverShown()
    {
        var (older, newer) = (TextOf("positive"), TextOf("negative"));
        var isHeld = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        OnEnd(request => IsOf(request, older), () => ended.TrySetResult());
        await Page.RouteAsync("**/sentiment", async route =>
        {
            if (IsOf(route.Request, older))
            {
                isHeld.TrySetResult();
                await release.Task;
            }

            await route.ContinueAsync();
        });

        await Review.FillAsync(older);
        await isHeld.Task;
        await Review.FillAsync(newer);
        await SaysAsync(Label, "negative");
        release.SetResult();

        await ended.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience));
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

        await SaysAsync(Label, "negative");
    }

    private static bool IsOf(IRequest request, string text) =>
        request.PostData?.Contains($"\"{text}\"", StringComparison.Ordinal) == true;

    // An aborted request fails.
    private void OnEnd(Predicate<IRequest> isMeant, Action act)
    {
        Page.RequestFailed += (_, request) => Note(request);
        Page.RequestFinished += (_, request) => Note(request);

        void Note(IRequest request)
        {
            if (isMeant(request))
            {
                act();
            }
        }
    }

    [Test]
    public async Task Marks_OfWords_ShowSideAndStrengthOfTheLibrarysWeights()
    {
        const string Text = "word5, word9 word20! word31 word44";
        var tokens = Model.Explain(Text).Tokens;
        var scale = Math.Max(FullWeight, tokens.Max(token => Math.Abs(token.Weight)));

        await WriteAsync(Text);

        Assert.Multiple(async () =>
        {
            Assert.That(await Marks.AllTextContentsAsync(),
                Is.EqualTo(tokens.Select(token => Text.Substring(token.Start, token.Length))));
            Assert.That(
                await AllAsync("data-side"), Is.EqualTo(tokens.Select(token => token.Weight > 0 ? "for" : "against")));
            Assert.That(await AllAsync("data-level"), Is.EqualTo(tokens.Select(token => Level(token, scale))));
        });
    }

    [Test]
    public async Task Marks_OfBothSides_DifferWithoutColourToo()
    {
        await WriteAsync(TextOfBothSides());

        var lines = await Page.EvaluateAsync<string[]>(
            """
            () => ["for", "against"].map(side => document.querySelector(`#mirror mark[data-side=${side}]`))
              .map(mark => getComputedStyle(mark).textDecorationStyle)
            """);
        Assert.That(lines, Is.EqualTo(["solid", "dashed"]));
    }

    [Test]
    public async Task Marks_LieUnderTheirWords()
    {
        await WriteAsync(string.Join(' ', Enumerable.Range(3, 45).Select(i => $"word{i}")) + "\n\nword5\n");

        var differences = await Page.EvaluateAsync<string[]>(
            """
            () => {
              const [mirror, review] = ["mirror", "review"].map(id => document.getElementById(id));
              const styles = [mirror, review].map(element => getComputedStyle(element));
              const properties = ["font", "letterSpacing", "lineHeight", "padding", "width", "whiteSpace",
                "wordSpacing", "textAlign", "tabSize", "overflowWrap"];
              const different = properties.filter(name => styles[0][name] !== styles[1][name]);
              return review.scrollHeight > review.clientHeight ? [...different, "height"] : different;
            }
            """);
        Assert.That(differences, Is.Empty);
    }

    [Test]
    public async Task Marks_AfterAnEdit_StayWithTheirWordsUntilNewWeightsCome()
    {
        await WriteAsync("word5 word9 word20");
        await Page.RouteAsync("**/sentiment", _ => Task.CompletedTask);

        await Review.EvaluateAsync("field => field.setSelectionRange(8, 8)");
        await Review.PressSequentiallyAsync("x ");

        await SaysAsync(Page.Locator("#mirror"), "word5 wox rd9 word20\u200b");
        Assert.That(await Marks.AllTextContentsAsync(), Is.EqualTo(["word5", "word20"]));
    }

    [Test]
    public async Task Marks_LongerTextThanTheModelReads_ShowWhatIsNotRead()
    {
        var text = string.Join(' ', Enumerable.Range(3, 20).Select(i => $"word{i}"));
        var first = Model.Explain(text).Tokens[0].Start;

        await WriteAsync(text);

        await SaysAsync(Page.Locator("#mirror .unread"), text[..first]);
        await IsVisibleAsync(Page.Locator("#legend-unread"));
        await WriteAsync("word3");
        await IsHiddenAsync(Page.Locator("#legend-unread"));
    }

    [Test]
    public async Task Words_AreTheStrongestOfEitherSide()
    {
        var text = TextOfBothSides();
        var tokens = Model.Explain(text).Tokens;

        await WriteAsync(text);

        await StrongestAsync("for", tokens.OrderByDescending(token => token.Weight).First());
        await StrongestAsync("against", tokens.OrderBy(token => token.Weight).First());

        async Task StrongestAsync(string side, TokenWeight token) => await SaysAsync(
            Page.Locator($".side[data-side={side}] li").First,
            text.Substring(token.Start, token.Length) + token.Weight.ToString(
                "+0.00;−0.00", CultureInfo.InvariantCulture));
    }

    [Test]
    public async Task Word_Pressed_IsSelectedInTheText()
    {
        await WriteAsync("word5 word9 word20");
        var button = Page.Locator("#words button").First;
        var word = await button.Locator("span").First.TextContentAsync();

        await button.ClickAsync();

        Assert.That(
            await Review.EvaluateAsync<string>("field => field.value.slice(field.selectionStart, field.selectionEnd)"),
            Is.EqualTo(word));
    }

    [Test]
    public async Task Example_Pressed_IsReadAtOnce()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Irony" }).ClickAsync();

        await Assertions.Expect(Review).ToHaveValueAsync(new Regex("sequel"));
        await SaysAsync(Label, Model.Predict(await Review.InputValueAsync()).Label);
    }

    [Test]
    public async Task Announcement_ComesWhenTheWriterRests()
    {
        var text = TextOf("positive");
        var expected = Model.Predict(text);

        await WriteAsync(text);

        var announcement = Page.Locator("#announcement");
        await SaysAsync(announcement, $"positive, {Math.Round(expected.Probability * 100)} percent");
        Assert.That(await announcement.GetAttributeAsync("aria-live"), Is.EqualTo("polite"));
    }

    [Test]
    public async Task HostileTexts_AreShownAsTheyAre()
    {
        string[] texts = ["<img src=x onerror=alert(1)> word5", "word5 👩‍👩‍👧‍👦 word9", "e\u0301 \u202Eword10\u202C"];
        foreach (var text in texts)
        {
            await WriteAsync(text);
            Assert.That(await Page.Locator("#mirror").TextContentAsync(), Is.EqualTo(text + "\u200b"));
        }
    }

    private async Task<string[]> AllAsync(string attribute) =>
        await Marks.EvaluateAllAsync<string[]>($"marks => marks.map(mark => mark.getAttribute('{attribute}'))");

    private static string Level(TokenWeight token, float scale) =>
        Math.Round(Levels * Math.Abs(token.Weight) / scale,
            MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture);

    private static string Percent(float share) => share.ToString("0.0%", CultureInfo.InvariantCulture);

    private string TextOf(string label) => Texts().First(text => Model.Predict(text).Label == label);

    private string TextOfBothSides() => Texts().First(text =>
        Model.Explain(text).Tokens is var tokens
        && tokens.Any(token => token.Weight > Visible) && tokens.Any(token => token.Weight < -Visible));

    private static IEnumerable<string> Texts() =>
        Enumerable.Range(3, 40).Select(i => $"word{i} word{i + 1} word{i + 3} word{i + 7}");
}
