using System.Text;
using System.Text.Json.Nodes;

namespace OnnxSentiment.Cli.Tests;

/// <summary>What <c>inspect</c> and <c>verify</c> say of a file that was changed after its export.</summary>
public class VerificationTests
{
    private TinyFiles _files = null!;
    private string _model = "";

    [SetUp]
    public async Task ExportAsync()
    {
        _files = new TinyFiles();
        _model = _files.In("verified/model.onnx");
        var exported = await Tool.RunAsync("export", "--checkpoint", _files.CheckpointFolder, "--out", _model);
        Assert.That(exported.ExitCode, Is.Zero, exported.ToString());
        Assert.That(exported.Output, Does.Contain("weights").And.Contain("verification.json"));
    }

    [TearDown]
    public void DeleteFiles() => _files.Dispose();

    [Test]
    public async Task Inspect_FileAsExported_ShowsWhatWasVerified()
    {
        var shown = await Tool.RunAsync("inspect", "--model", _model);
        Assert.That(shown.Output, Does.Contain(", as verified").And.Contain("bit for bit").And.Contain("reference"));
        var json = JsonNode.Parse((await Tool.RunAsync("inspect", "--model", _model, "--json")).Output)!;
        Assert.That(json["verification"]!["matches"]!.GetValue<bool>(), Is.True);
        Assert.That(json["verification"]!["format"]!.GetValue<int>(), Is.EqualTo(1));
    }

    [Test]
    public async Task Inspect_FileChangedSince_SaysSo()
    {
        ChangeProducer();
        var shown = await Tool.RunAsync("inspect", "--model", _model);
        Assert.That(shown.Output, Does.Contain("CHANGED since it was verified"));
        var json = JsonNode.Parse((await Tool.RunAsync("inspect", "--model", _model, "--json")).Output)!;
        Assert.That(json["verification"]!["matches"]!.GetValue<bool>(), Is.False);
    }

    [Test]
    public async Task Inspect_NoRecordOrAnotherOne_StillShowsTheModel()
    {
        var record = Path.Combine(Path.GetDirectoryName(_model)!, "verification.json");
        File.WriteAllText(record, "{}");
        var shown = await Tool.RunAsync("inspect", "--model", _model);
        Assert.That(shown.Output, Does.Contain("recurrent.0").And.Contain("verification: unusable"));
        var json = JsonNode.Parse((await Tool.RunAsync("inspect", "--model", _model, "--json")).Output)!;
        Assert.That(json["verification"]!["problem"]!.GetValue<string>(), Does.Contain(record));
        File.Delete(record);
        shown = await Tool.RunAsync("inspect", "--model", _model);
        Assert.That(shown.ExitCode, Is.Zero);
        Assert.That(shown.Output, Does.Contain("recurrent.0").And.Not.Contain("verification"));
    }

    [Test]
    public async Task Verify_OneBitOfOneWeightChanged_ExitsWithOneAndNamesIt()
    {
        var verified = await Tool.RunAsync("verify", _model, "--against", _files.CheckpointFolder);
        Assert.That(verified.ExitCode, Is.Zero, verified.ToString());
        Assert.That(verified.Output, Does.Contain("weights"));
        ChangeFirstWeight();
        verified = await Tool.RunAsync("verify", _model, "--against", _files.CheckpointFolder);
        Assert.That(verified.ExitCode, Is.EqualTo(1), verified.ToString());
        Assert.That(verified.Error, Does.Contain("embedding.weight[0, 0]"));
    }

    private void ChangeProducer()
    {
        var bytes = File.ReadAllBytes(_model);
        bytes[bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("OnnxSentiment"))] ^= 1;
        File.WriteAllBytes(_model, bytes);
    }

    // Raw data follows the tensor's name: field 9, with the length of the data in two or three bytes.
    private void ChangeFirstWeight()
    {
        var name = Encoding.UTF8.GetBytes("embedding.weight");
        var bytes = File.ReadAllBytes(_model);
        var start = bytes.AsSpan().IndexOf((byte[])[(8 << 3) | 2, (byte)name.Length, .. name]) + 2 + name.Length;
        Assert.That(bytes[start], Is.EqualTo((9 << 3) | 2), "the tag of raw_data");
        var data = start + 1;
        while ((bytes[data++] & 0x80) != 0)
        {
        }

        bytes[data] ^= 1;
        File.WriteAllBytes(_model, bytes);
    }
}
