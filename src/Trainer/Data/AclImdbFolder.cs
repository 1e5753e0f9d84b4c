using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>The Large Movie Review Dataset, unpacked.</summary>
internal static class AclImdbFolder
{
    private const string RootName = "aclImdb";

    public static readonly DatasetSource Source = new(
        "a folder with train/neg, train/pos, test/neg and test/pos", path => RootOf(path) is not null, Read);

    private static SplitTexts Read(string path, DatasetOptions options, CancellationToken cancellationToken)
    {
        var layout = new AclImdbLayout(options.IncludeUnlabeled);
        foreach (var folder in FoldersOf(RootOf(path)!, layout))
        {
            foreach (var file in Directory.EnumerateFiles(folder.Path))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (layout.TryParse($"{folder.Name}/{Path.GetFileName(file)}", out var key))
                {
                    layout.Add(key, ReadReview(file));
                }
            }
        }

        return layout.ToTexts(path);
    }

    // A folder into which the archive was unpacked is as good as the folder that the archive holds.
    private static string? RootOf(string path) =>
        new[] { path, Path.Combine(path, RootName) }.FirstOrDefault(root =>
            Directory.Exists(Path.Combine(root, AclImdbLayout.Train, AclImdbLayout.Negative))
            && Directory.Exists(Path.Combine(root, AclImdbLayout.Train, AclImdbLayout.Positive)));

    private static IEnumerable<(string Path, string Name)> FoldersOf(string root, AclImdbLayout layout) =>
        from split in new[] { AclImdbLayout.Train, AclImdbLayout.Test }
        from label in new[] { AclImdbLayout.Negative, AclImdbLayout.Positive, AclImdbLayout.Unlabeled }
        let path = Path.Combine(root, split, label)
        where layout.IsFolderOfReviews(split, label) && Directory.Exists(path)
        select (path, $"{split}/{label}");

    private static byte[] ReadReview(string file)
    {
        var length = new FileInfo(file).Length;
        return length <= AclImdbLayout.MaximumReviewLength
            ? File.ReadAllBytes(file)
            : throw new InvalidInputException(
                $"The review '{file}' has {length} bytes, but at most {AclImdbLayout.MaximumReviewLength} were " +
                $"expected.");
    }
}
