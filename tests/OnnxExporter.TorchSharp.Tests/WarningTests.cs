using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace OnnxSentiment.OnnxExporter.TorchSharp.Tests;

/// <summary>ONNX Runtime says nothing about the files: neither about their shapes nor about anything else.</summary>
[TestFixture]
[Platform("Linux")]
public sealed partial class WarningTests
{
    private const int StandardError = 2;

    [Test]
    public void Run_AtSeveralSizes_WithoutAWarning()
    {
        using var tagger = new LstmTagger();
        using var file = new TemporaryFile();
        tagger.ExportOnnx(file.Path, new OnnxInput("input_ids", ScalarType.Int64, ["batch", "sequence"]));
        var said = StandardErrorOf(() =>
        {
            using var session = new PlainSession(file.Path);
            foreach (var shape in (long[][])[[1, 4], [3, 9], [2, 1]])
            {
                session.Run(randint(0, 50, shape));
            }
        });
        Assert.That(said, Is.Empty);
    }

    // Native code writes to the descriptor, past Console.Error.
    private static string StandardErrorOf(Action act)
    {
        using var file = new FileStream(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1,
            FileOptions.DeleteOnClose);
        var saved = dup(StandardError);
        try
        {
            Assert.That(dup2((int)file.SafeFileHandle.DangerousGetHandle(), StandardError), Is.Not.Negative);
            act();
        }
        finally
        {
            _ = dup2(saved, StandardError);
            _ = close(saved);
        }

        file.Position = 0;
        return new StreamReader(file).ReadToEnd();
    }

    [LibraryImport("libc")]
    private static partial int dup(int descriptor);

    [LibraryImport("libc")]
    private static partial int dup2(int from, int to);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
