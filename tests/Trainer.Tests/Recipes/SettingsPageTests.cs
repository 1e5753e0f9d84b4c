using System.Text;
using OnnxSentiment.Tests.Shared;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>docs/settings.md lists the settings as the records describe them.</summary>
public class SettingsPageTests
{
    private const string Approve = "ONNX_SENTIMENT_APPROVE";

    [Test]
    public void Page_Settings_AreThoseOfTheRecipe()
    {
        var path = Path.Combine(Checkout.Root, "docs", "settings.md");
        var page = Page();
        if (Environment.GetEnvironmentVariable(Approve) == "1")
        {
            File.WriteAllText(path, page);
        }

        Assert.That(
            File.ReadAllText(path).ReplaceLineEndings("\n"), Is.EqualTo(page), $"write it again with {Approve}=1");
    }

    private static string Page()
    {
        var presets = PresetTable.Names.Select(name => PresetTable.Get(name).Describe()).ToList();
        var page = new StringBuilder("""
            # Settings of a training

            `onnx-sentiment train --set name=value` changes one setting of a preset; `TrainingRecipe.With` does in C#.
            The columns on the right hold the presets' values. A test writes this page from the code.


            """.ReplaceLineEndings("\n"));
        page.Append(
            $"| setting | meaning | values | {string.Join(" | ", PresetTable.Names.Select(name => $"`{name}`"))} |\n");
        page.Append($"|---|---|---|{string.Concat(presets.Select(_ => "---|"))}\n");
        foreach (var (row, setting) in presets[0].Index())
        {
            var values = presets.Select(settings => settings[row].Value);
            page.Append($"| `{setting.Name}` | {setting.Meaning} | {setting.Range} | {string.Join(" | ", values)} |\n");
        }

        return page.ToString();
    }
}
