namespace OnnxSentiment.Server.Tests;

/// <summary>
/// What the page says when the server does not answer; the server's other sentences are tested where they are made.
/// </summary>
public class TroubleTests : PageTest
{
    private const string Key = "a-key-of-the-tests-0123456789";
    private const string Text = "word5 word9 word20";

    private protected override string[] Settings => [$"Security:ApiKeys:0={Key}", "Limits:TextLength=100"];

    [Test]
    public async Task NoKey_AsksForIt_AndGoesOnWithIt()
    {
        await Review.FillAsync(Text);
        await SaysAsync(Problem, "The server asks for a key: enter it above.");

        await Page.GetByLabel("This server asks for a key").FillAsync(Key);
        await Page.Keyboard.PressAsync("Enter");

        await SaysAsync(Label, Model.Predict(Text).Label);
        await SaysAsync(Problem, "");
        await IsHiddenAsync(Page.Locator("#key-form"));
        await IsHiddenAsync(Page.Locator("#links"));
        await ContainsAsync(Page.Locator("#card"), "negative, positive");
    }

    [Test]
    public async Task WrongKey_AsksAgain()
    {
        await EnterKeyAsync("another-key-0123456789");

        await IsVisibleAsync(Page.Locator("#key-form"));
    }

    [Test]
    public async Task TooLong_SaysSo()
    {
        await EnterKeyAsync(Key);

        await Review.FillAsync(new string('x', 101));

        await SaysAsync(Problem, "This is more than the server reads at once: shorten the text.");
    }

    [TestCase(429, "The server has more to do than it can; trying again in 1 s.")]
    [TestCase(503, "The server has no model ready; trying again in 1 s.")]
    [TestCase(504, "The server did not answer in time; trying again in 1 s.")]
    public async Task Busy_WaitsAsLongAsTheServerSays_AndTriesAgain(int status, string sentence)
    {
        await EnterKeyAsync(Key);
        await RefuseOnceAsync(status);

        await Review.FillAsync(Text);

        await SaysAsync(Problem, sentence);
        await SaysAsync(Label, Model.Predict(Text).Label);
        await SaysAsync(Problem, "");
    }

    [Test]
    public async Task Offline_SaysSo_AndGoesOnWhenTheServerIsBack()
    {
        await EnterKeyAsync(Key);
        await Context.SetOfflineAsync(true);
        await Review.FillAsync(Text);
        await SaysAsync(Problem, "The server cannot be reached; trying again in 3 s.");

        await Context.SetOfflineAsync(false);

        await SaysAsync(Label, Model.Predict(Text).Label);
    }

    [Test]
    public async Task AnotherError_IsToldInTheServersWords()
    {
        await EnterKeyAsync(Key);
        await Page.RouteAsync("**/sentiment", route => route.FulfillAsync(
            new() { Status = 500, Body = """{"error":"The server failed to answer; its log says more."}""" }));

        await Review.FillAsync(Text);

        await SaysAsync(Problem, "The server failed to answer; its log says more.");
    }

    private async Task EnterKeyAsync(string key)
    {
        await IsVisibleAsync(Page.Locator("#key-form"));
        var answered = Page.WaitForResponseAsync("**/v2/repository/index");
        await Page.Locator("#key").FillAsync(key);
        await Page.Keyboard.PressAsync("Enter");
        await answered;
    }
}
