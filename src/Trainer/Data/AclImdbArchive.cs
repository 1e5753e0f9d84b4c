using System.Formats.Tar;
using System.IO.Compression;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// The Large Movie Review Dataset as it is downloaded, read without unpacking it. Nothing is written to the disk, so a
/// hostile archive could only waste memory and time; one that shows signs of it is refused all the same.
/// </summary>
internal static class AclImdbArchive
{
    // A tar archive ends with two blocks of zeros, and .NET's GZipStream takes a truncated file for one that ends
    // there.
    private const int EndMarkerLength = 2 * 512;

    public static readonly DatasetSource Source = new(
        "aclImdb_v1.tar.gz, or another .tar.gz with that layout",
        path => File.Exists(path) && HasArchiveEnding(path),
        (path, options, cancellationToken) => Read(path, options, new Limits(), cancellationToken));

    public static SplitTexts Read(
        string path, DatasetOptions options, Limits limits, CancellationToken cancellationToken = default)
    {
        var layout = new AclImdbLayout(options.IncludeUnlabeled);
        try
        {
            using var file = File.OpenRead(path);
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            using var bounded = new BoundedStream(gzip, limits.TotalLength);
            ReadEntries(bounded, layout, limits, cancellationToken);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new InvalidInputException(
                $"The archive '{path}' is damaged or incomplete ({e.Message.TrimEnd('.')}): download it again.", e);
        }
        catch (RefusedException e)
        {
            throw new InvalidInputException($"The archive '{path}' was refused: {e.Message}", e);
        }

        return layout.ToTexts(path);
    }

    private static bool HasArchiveEnding(string path) =>
        path.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase);

    // What GZipStream and TarReader throw on input that breaks their formats.
    private static bool IsDamage(Exception e) =>
        e is InvalidDataException or EndOfStreamException or FormatException or OverflowException
            or InvalidOperationException or ArgumentException or NotSupportedException;

    private static void ReadEntries(
        BoundedStream stream, AclImdbLayout layout, Limits limits, CancellationToken cancellationToken)
    {
        using var tar = new TarReader(stream, leaveOpen: true);
        while (tar.GetNextEntry() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = CheckedName(entry);
            if (IsFile(entry) && layout.TryParse(name, out var key))
            {
                layout.Add(key, ReadReview(entry, limits));
            }
        }

        // The checksum stands at the very end, behind the blocks that fill up the archive.
        stream.CopyTo(Stream.Null);
        if (stream.TrailingZeros < EndMarkerLength)
        {
            throw new EndOfStreamException("its end is missing");
        }
    }

    private static string CheckedName(TarEntry entry)
    {
        if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            throw new RefusedException(
                $"its entry '{entry.Name}' is a link to '{entry.LinkName}', but only files and folders were expected.");
        }

        var name = entry.Name.Replace('\\', '/');
        return !name.StartsWith('/') && name.AsSpan().IndexOf(':') != 1 && !name.Split('/').Contains("..")
            ? name
            : throw new RefusedException(
                $"its entry '{entry.Name}' leads out of the archive, but names inside it were expected.");
    }

    private static bool IsFile(TarEntry entry) =>
        entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;

    private static byte[] ReadReview(TarEntry entry, Limits limits)
    {
        if (entry.Length > limits.ReviewLength)
        {
            throw new RefusedException(
                $"its entry '{entry.Name}' has {entry.Length} bytes, but a review of at most {limits.ReviewLength} " +
                $"was expected.");
        }

        var bytes = new byte[entry.Length];
        entry.DataStream?.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The sizes, in bytes, up to which an archive is read.</summary>
    internal sealed record Limits
    {
        public long ReviewLength { get; init; } = AclImdbLayout.MaximumReviewLength;

        /// <summary>
        /// Of the unpacked archive; the original, with its bag-of-words files, takes less than half a gigabyte.
        /// </summary>
        public long TotalLength { get; init; } = 2L << 30;
    }
}
