using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace OnnxSentiment.Trainer.Tests;

/// <summary>Makes small archives, good and hostile ones.</summary>
internal static class Archives
{
    /// <summary>Two reviews of each class in each split, one of them not in UTF-8, and two without a label.</summary>
    public static readonly IReadOnlyList<(string Name, byte[] Contents)> Reviews =
    [
        ("test/neg/0_2.txt", Utf8("Dull.")),
        ("test/pos/0_10.txt", Utf8("Bright.")),
        ("train/neg/10_1.txt", Utf8("Tenth: <br />bad.")),
        ("train/neg/2_3.txt", [0x42, 0xE9, 0x20, 0x21]),
        ("train/pos/0_9.txt", [0xEF, 0xBB, 0xBF, .. Utf8("Behind a mark: good – very good.")]),
        ("train/pos/1_7.txt", []),
        ("train/unsup/1_0.txt", Utf8("Second.")),
        ("train/unsup/0_0.txt", Utf8("First.")),
    ];

    public static byte[] Of(IEnumerable<TarEntry> entries)
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return Compress(memory.ToArray());
    }

    public static byte[] Compress(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return memory.ToArray();
    }

    public static byte[] Decompress(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        gzip.CopyTo(memory);
        return memory.ToArray();
    }

    public static byte[] OfReviews(params TarEntry[] furtherEntries) =>
        Of(Reviews.Select(review => File("aclImdb/" + review.Name, review.Contents)).Concat(furtherEntries));

    public static TarEntry File(string name, byte[] contents) =>
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(contents) };

    public static TarEntry Link(TarEntryType type, string name, string target) =>
        new PaxTarEntry(type, name) { LinkName = target };

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
