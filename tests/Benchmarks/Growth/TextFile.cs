using System.Runtime.CompilerServices;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// All labeled reviews in one file, so that a process can read texts one after the other, as many as it likes, without
/// holding them. After the last comes the first again.
/// </summary>
internal static class TextFile
{
    /// <summary>Writes the reviews where they are not there yet.</summary>
    /// <returns>The file.</returns>
    public static string Write(Reviews reviews)
    {
        var path = Path.Combine(Checkout.Artifacts, $"texts-{reviews.Data.Sha256[..16]}.bin");
        if (!File.Exists(path))
        {
            using var writer = new BinaryWriter(File.Create(path));
            foreach (var review in reviews.Data.Test.Concat(reviews.Data.Train))
            {
                writer.Write(review.Text);
            }
        }

        return path;
    }

    public static IEnumerable<string> Read(string path, int count)
    {
        var left = count;
        while (left > 0)
        {
            using var reader = new BinaryReader(File.OpenRead(path));
            for (; left > 0 && reader.BaseStream.Position < reader.BaseStream.Length; left--)
            {
                yield return reader.ReadString();
            }
        }
    }

    public static async IAsyncEnumerable<string> ReadAsync(
        string path, int count, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var text in Read(path, count))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return text;
        }
    }
}
