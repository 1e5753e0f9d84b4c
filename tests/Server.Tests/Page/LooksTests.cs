using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OnnxSentiment.Server.Tests;

/// <summary>What everybody can see, reach and read: contrast, keyboard, small screens, both colour schemes.</summary>
public class LooksTests : PageTest
{
    private const double LeastContrast = 4.5;

    // WCAG 2's formulas of luminance and contrast, over all that has text of its own; colours are laid over each other
    // as painted.
    private const string WeakestContrast =
        """
        () => {
          const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
          const layers = element =>
            element ? [...layers(element.parentElement), getComputedStyle(element).backgroundColor] : [];
          const paint = colors => {
            canvas.clearRect(0, 0, 1, 1);
            for (const color of colors) { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); }
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
          };
          const luminance = rgb => rgb.map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const contrast = (color, behind) => {
            const [a, b] = [paint([...behind, color]), paint(behind)].map(luminance);
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          };
          const hasText = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
          const found = [...document.querySelectorAll("body *")]
            .filter(element => hasText(element) && element.checkVisibility({ visibilityProperty: true }))
            .filter(element => !element.closest("[aria-hidden], .unseen, option, .skip"))
            .map(element => [
              contrast(getComputedStyle(element).color, layers(element)), element.outerHTML.slice(0, 80)]);
          const ink = getComputedStyle(document.getElementById("review")).color;
          const marks = [...document.querySelectorAll("#mirror mark")]
            .map(mark => [contrast(ink, layers(mark)), mark.outerHTML]);
          const hint = getComputedStyle(document.getElementById("review"), "::placeholder").color;
          const placeholder = [contrast(hint, layers(document.getElementById("review"))), "placeholder"];
          const [least, where] = [...found, ...marks, placeholder].reduce((a, b) => a[0] < b[0] ? a : b);
          return { count: found.length + marks.length, least, where };
        }
        """;

    [Test]
    public async Task Contrast_OfEveryText_IsEnough([Values] ColorSchemes scheme)
    {
        await EmulateAsync(scheme);
        await ShowEverythingAsync();

        var result = await Page.EvaluateAsync<ContrastResult>(WeakestContrast);

        TestContext.Out.WriteLine($"{scheme}: {result.Least:0.00} of {result.Count} texts, {result.Where}");
        Assert.That(result.Count, Is.GreaterThan(60));
        Assert.That(result.Least, Is.GreaterThanOrEqualTo(LeastContrast), result.Where);
    }

    [Test]
    public async Task Axe_FindsNothing([Values] ColorSchemes scheme)
    {
        await EmulateAsync(scheme);
        await ShowEverythingAsync();

        var result = await Page.RunAxe();

        Assert.That(
            result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {violation.Nodes[0].Html}"),
            Is.Empty);
        Assert.That(result.Passes, Is.Not.Empty);
    }

    [Test]
    public async Task Colours_FollowTheSystem_UntilChosen()
    {
        await EmulateAsync(ColorSchemes.Dark);
        var dark = await BackgroundAsync();
        await EmulateAsync(ColorSchemes.Light);
        var light = await BackgroundAsync();
        Assert.That(dark, Is.Not.EqualTo(light));

        await Page.GetByLabel("Dark").CheckAsync();
        Assert.That(await BackgroundAsync(), Is.EqualTo(dark));
        await Page.ReloadAsync();
        Assert.That(await BackgroundAsync(), Is.EqualTo(dark), "kept over a reload");
        Assert.That(await Page.GetByLabel("Dark").IsCheckedAsync(), Is.True);
    }

    [Test]
    public async Task Page_OnANarrowScreen_NeedsNoSidewaysScrolling([Values(360, 320)] int width)
    {
        await Page.SetViewportSizeAsync(width, 740);
        await ShowEverythingAsync();

        Assert.That(
            await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
    }

    [Test]
    public async Task Tab_ReachesEverything_AndShowsWhereItIs()
    {
        await ShowEverythingAsync();
        var expected = await Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("a, button, select, textarea, input, summary, [tabindex]")]
              .filter(element => element.checkVisibility() && !element.disabled
                && (element.type !== "radio" || element.checked))
              .map((element, i) => element.dataset.stop = String(i))
            """);

        var stops = new List<string>();
        while (stops.Count < expected.Length)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Page.EvaluateAsync<string?>("() => document.activeElement.dataset.stop") is not { } stop)
            {
                // Behind the last one comes the browser's own frame.
                continue;
            }

            stops.Add(stop);
            Assert.That(await IsFocusVisibleAsync(),
                Is.True, await Page.EvaluateAsync<string>("() => document.activeElement.outerHTML"));
        }

        Assert.That(stops, Is.EquivalentTo(expected));
    }

    [Test]
    public async Task Keys_Alone_DoEverything()
    {
        var chooser = new TaskCompletionSource();
        Page.FileChooser += (_, _) => chooser.TrySetResult();

        await Page.Keyboard.PressAsync("r");
        await Page.Keyboard.TypeAsync("word5 e?");
        await Assertions.Expect(Review).ToHaveValueAsync("word5 e?");
        await IsVisibleAsync(Label);

        await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.PressAsync("e");
        await Assertions.Expect(Review).Not.ToHaveValueAsync("word5 e?");

        await Page.Keyboard.PressAsync("?");
        await IsVisibleAsync(Page.Locator("#shortcuts"));
        await ContainsAsync(Page.Locator("#shortcut-list"), "Next example");
        await Page.Keyboard.PressAsync("Escape");
        await IsHiddenAsync(Page.Locator("#shortcuts"));

        await Page.Keyboard.PressAsync("f");
        await chooser.Task.WaitAsync(TimeSpan.FromMilliseconds(Chromium.Patience));
        await Page.Keyboard.PressAsync("t");
        Assert.That(await Page.GetByLabel("Light").IsCheckedAsync(), Is.True);
    }

    [Test]
    public async Task Keys_TurnedOff_DoNothing()
    {
        await Page.Locator("#show-shortcuts").ClickAsync();
        await Page.Locator("#shortcuts-on").UncheckAsync();
        await Page.Keyboard.PressAsync("Escape");

        await Page.Keyboard.PressAsync("e");

        // Keys come one after the other: when the second has been seen, the first has been too.
        await Review.PressSequentiallyAsync("x");
        await Assertions.Expect(Review).ToHaveValueAsync("x");
    }

    [Test]
    public async Task Motion_NotWanted_IsNotThere()
    {
        await Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await WriteAsync("word5");

        var durations = await Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("*")].map(element => getComputedStyle(element))
              .filter(style => style.transitionProperty !== "none" && style.transitionDuration !== "0s")
              .map(style => style.transitionProperty)
            """);
        Assert.That(durations, Is.Empty);
    }

    [Test]
    public async Task Script_OfAStranger_IsNotRun()
    {
        var policy = await Page.EvaluateAsync<string>(
            """
            () => new Promise(resolve => {
              document.addEventListener("securitypolicyviolation", event => resolve(event.effectiveDirective));
              const script = document.createElement("script");
              script.text = "document.title = 'inline'";
              document.head.append(script);
            })
            """);

        Assert.That(policy, Is.EqualTo("script-src-elem"));
        Assert.That(await Page.TitleAsync(), Is.EqualTo("OnnxSentiment"));
        ExpectComplaint("Content Security Policy");
    }

    private Task EmulateAsync(ColorSchemes scheme) =>
        Page.EmulateMediaAsync(
            new() { ColorScheme = scheme == ColorSchemes.Dark ? ColorScheme.Dark : ColorScheme.Light });

    private Task<string> BackgroundAsync() =>
        Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).backgroundColor");

    /// <summary>
    /// Brings every part of the page onto the screen: a verdict, marks as strong as there are, a file, results, a
    /// problem.
    /// </summary>
    private async Task ShowEverythingAsync()
    {
        await WriteAsync("word5 word9 word20 word31 word44 word7 word12");
        await OpenAsync("a.csv", "text\nword5\nword44\nword20\n"u8.ToArray());
        await Page.Locator("#start").ClickAsync();
        await IsVisibleAsync(Page.Locator("#download"));
        await Page.EvaluateAsync(
            """
            () => {
              for (const id of ["problem", "file-problem"]) {
                document.getElementById(id).textContent = "The server cannot be reached.";
              }
              for (const mark of document.querySelectorAll("#mirror mark")) { mark.dataset.level = 5; }
              document.getElementById("key-form").hidden = false;
            }
            """);
        await Page.Locator("#card dt").First.WaitForAsync();
        await Page.Locator("#figures dt").First.WaitForAsync();
    }

    // Some controls are drawn by what surrounds them; that has to show the focus then.
    private Task<bool> IsFocusVisibleAsync() => Page.EvaluateAsync<bool>(
        """
        () => {
          const hasOutline = style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
          const outlined = element => element && hasOutline(getComputedStyle(element));
          const focused = document.activeElement;
          return outlined(focused) || outlined(focused.nextElementSibling)
            || outlined(focused.closest(".sheet, .drop"));
        }
        """);

    public enum ColorSchemes
    {
        Light,
        Dark,
    }

    private sealed class ContrastResult
    {
        public int Count { get; set; }

        public double Least { get; set; }

        public string Where { get; set; } = "";
    }
}
