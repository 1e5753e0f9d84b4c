using Microsoft.Playwright;

namespace OnnxSentiment.Server.Tests;

/// <summary>
/// The page of a real server in a real browser. Every test ends with a look at what the browser complained about
/// (errors of scripts,
/// violations of the content security policy) and at where it sent its requests.
/// </summary>
[Category("Outside"), Parallelizable(ParallelScope.Self)]
public abstract class PageTest
{
    // Chromium writes this for every answer that is an error, which is no defect of the page.
    private const string ErrorAnswer = "Failed to load resource";

    private readonly List<string> _complaints = [];
    private readonly List<Uri> _requests = [];
    private TestRepository _repository = null!;
    private IBrowserContext _context = null!;
    private IBrowser _browser = null!;

    private protected TestServer Server { get; private set; } = null!;

    private protected Runtime.SentimentModel Model { get; private set; } = null!;

    private protected IPage Page { get; private set; } = null!;

    private protected IBrowserContext Context => _context;

    private protected IReadOnlyList<Uri> Requests => _requests;

    private protected ILocator Review => Page.Locator("#review");

    private protected ILocator Label => Page.Locator("#label");

    private protected ILocator Problem => Page.Locator("#problem");

    /// <summary>Settings of the server, as on the command line.</summary>
    private protected virtual string[] Settings => [];

    /// <summary>How many labels the served model has.</summary>
    private protected virtual int Labels => 2;

    /// <summary>How the browser is set up.</summary>
    private protected virtual BrowserNewContextOptions Options =>
        new() { ViewportSize = new() { Width = 1200, Height = 800 } };

    /// <summary>The models that are served.</summary>
    private protected virtual TestRepository CreateRepository() => new TestRepository().Add(labels: Labels);

    [OneTimeSetUp]
    public async Task StartServer()
    {
        _browser = await Chromium.BrowserAsync();
        _repository = CreateRepository();
        Server = await TestServer.StartAsync(_repository, Settings);
        Model = TestRepository.Load(seed: 4, Labels);
    }

    [OneTimeTearDown]
    public async Task StopServer()
    {
        // Nothing has been started where there is no browser.
        Model?.Dispose();
        await (Server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _repository?.Dispose();
    }

    [SetUp]
    public async Task OpenPage()
    {
        _complaints.Clear();
        _requests.Clear();
        _context = await _browser.NewContextAsync(Options);
        _context.SetDefaultTimeout(Chromium.Patience);
        Page = await _context.NewPageAsync();
        Page.Console += (_, message) => Note(
            message.Type is "error" or "warning"
                && !message.Text.StartsWith(ErrorAnswer, StringComparison.Ordinal), message.Text);
        Page.PageError += (_, error) => Note(true, error);
        Page.Request += (_, request) => _requests.Add(new Uri(request.Url));
        await Page.GotoAsync(Server.Address.ToString());
    }

    [TearDown]
    public async Task ClosePage()
    {
        await _context.CloseAsync();
        Assert.Multiple(() =>
        {
            Assert.That(_complaints, Is.Empty, "what the browser complained about");
            Assert.That(_requests.Where(uri => uri.Scheme != "blob").Select(Origin).Distinct(),
                Is.EqualTo([Origin(Server.Address)]), "where requests went");
        });
    }

    /// <summary>Waits until an element says something.</summary>
    private protected static Task SaysAsync(ILocator element, string text) =>
        Assertions.Expect(element).ToHaveTextAsync(text);

    /// <summary>Waits until an element's text contains something.</summary>
    private protected static Task ContainsAsync(ILocator element, string text) =>
        Assertions.Expect(element).ToContainTextAsync(text);

    private protected static Task IsVisibleAsync(ILocator element) => Assertions.Expect(element).ToBeVisibleAsync();

    private protected static Task IsHiddenAsync(ILocator element) => Assertions.Expect(element).ToBeHiddenAsync();

    /// <summary>Writes a review and waits for the weights of its words.</summary>
    private protected async Task WriteAsync(string text)
    {
        var explained = Page.WaitForResponseAsync(
            response => response.Request.PostData?.Contains("explain", StringComparison.Ordinal) ?? false);
        await Review.FillAsync(text);
        await explained;
        await IsVisibleAsync(Page.Locator("#words"));
    }

    /// <summary>Chooses a file of reviews.</summary>
    private protected Task OpenAsync(string name, byte[] content) => Page.Locator("#file").SetInputFilesAsync(
        new FilePayload { Name = name, MimeType = "text/csv", Buffer = content });

    /// <summary>Answers the next request for a verdict with an error that passes in a second.</summary>
    private protected Task RefuseOnceAsync(int status) => Page.RouteAsync(
        "**/sentiment",
        route => route.FulfillAsync(new() { Status = status, Headers = [new("Retry-After", "1")], Body = "{}" }),
        new() { Times = 1 });

    /// <summary>Takes back a complaint that the test has provoked, and that has to be there.</summary>
    private protected void ExpectComplaint(string part) =>
        Assert.That(
            _complaints.RemoveAll(complaint => complaint.Contains(part, StringComparison.Ordinal)), Is.GreaterThan(0));

    /// <summary>Runs one of the page's modules.</summary>
    private protected Task<T> EvaluateAsync<T>(string module, string expression, object? argument = null) =>
        Page.EvaluateAsync<T>(
            $"async argument => {{ const module = await import('/{module}'); return ({expression}); }}", argument);

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private void Note(bool isComplaint, string text)
    {
        if (isComplaint)
        {
            _complaints.Add(text);
        }
    }
}
