using System.Security.Cryptography;

namespace OnnxSentiment.Core;

/// <summary>The sum that tells one checkpoint from another; see <see cref="Checkpoint.Sha256"/>.</summary>
internal static class CheckpointSum
{
    /// <summary>SHA-256, in lowercase hexadecimal, of all that is written.</summary>
    internal static string Of(Action<Stream> write)
    {
        using var sum = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, sum, CryptoStreamMode.Write))
        {
            write(stream);
        }

        return Convert.ToHexStringLower(sum.Hash!);
    }

    /// <summary>The sum of files, one after another.</summary>
    internal static string OfFiles(string folder, IEnumerable<string> files) => Of(stream =>
    {
        foreach (var file in files)
        {
            using var contents = File.OpenRead(Path.Combine(folder, file));
            contents.CopyTo(stream);
        }
    });
}
