using System.Globalization;
using System.Text;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// The layout of the Large Movie Review Dataset, shared by folder and archive:
/// <c>{train,test}/{neg,pos}/ID_RATING.txt</c> and <c>train/unsup/ID_0.txt</c>. Collects reviews in any order and hands
/// them out in one.
/// </summary>
internal sealed class AclImdbLayout(bool includeUnlabeled)
{
    public const string Train = "train";
    public const string Test = "test";
    public const string Negative = "neg";
    public const string Positive = "pos";
    public const string Unlabeled = "unsup";

    /// <summary>The longest review of the original has 14 kB.</summary>
    public const int MaximumReviewLength = 4 << 20;

    private const string Extension = ".txt";

    private readonly SortedDictionary<Key, string> _texts = [];

    /// <summary>Whether the path names a review that is wanted, and which.</summary>
    public bool TryParse(string path, out Key key)
    {
        key = default;
        var steps = path.Split('/');
        if (steps.Length < 3)
        {
            return false;
        }

        var (split, label, file) = (steps[^3], steps[^2], steps[^1]);
        key = new Key(split, label, NumberOf(file), file);
        return IsFolderOfReviews(split, label) && IsReviewFile(file);
    }

    /// <summary>Whether this folder's files are wanted.</summary>
    public bool IsFolderOfReviews(string split, string label) =>
        (split is Train or Test && label is Negative or Positive)
        || (split is Train && label is Unlabeled && includeUnlabeled);

    /// <exception cref="InvalidInputException">The review was there already.</exception>
    public void Add(Key key, ReadOnlySpan<byte> utf8)
    {
        if (!_texts.TryAdd(key, Decode(utf8)))
        {
            throw new InvalidInputException(
                $"The review '{key}' is there twice, but every review has a name of its own.");
        }
    }

    /// <summary>All reviews in order.</summary>
    /// <param name="source">The path of the folder or archive, for the message.</param>
    /// <exception cref="InvalidInputException">There are no reviews to learn from.</exception>
    public SplitTexts ToTexts(string source)
    {
        var train = Labeled(Train);
        return train.Count > 0
            ? new SplitTexts(
                train, Labeled(Test), [.. _texts.Where(t => t.Key.Label == Unlabeled).Select(t => t.Value)])
            : throw new InvalidInputException(
                $"'{source}' holds no review; expected were files {Train}/{Negative}/ID_RATING.txt and " +
                $"{Train}/{Positive}/ID_RATING.txt, as in aclImdb_v1.tar.gz.");
    }

    private List<LabeledText> Labeled(string split) =>
    [
        .. _texts
            .Where(text => text.Key.Split == split && text.Key.Label != Unlabeled)
            .Select(text => new LabeledText(text.Value, text.Key.Label, text.Key.ToString())),
    ];

    // Hidden files, among them the "._0_3.txt" that macOS puts into archives, are no reviews.
    private static bool IsReviewFile(string file) =>
        file.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !file.StartsWith('.');

    // Names without a number come last.
    private static long NumberOf(string file)
    {
        var digits = file.AsSpan(0, Math.Max(0, file.AsSpan().IndexOfAnyExceptInRange('0', '9')));
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : long.MaxValue;
    }

    private static string Decode(ReadOnlySpan<byte> utf8)
    {
        var preamble = Encoding.UTF8.Preamble;
        return Encoding.UTF8.GetString(utf8.StartsWith(preamble) ? utf8[preamble.Length..] : utf8);
    }

    /// <summary>A review's place; sorts by split, class, the number that its name begins with, name.</summary>
    internal readonly record struct Key(string Split, string Label, long Number, string File) : IComparable<Key>
    {
        public int CompareTo(Key other)
        {
            var order = string.CompareOrdinal(Split, other.Split);
            order = order != 0 ? order : string.CompareOrdinal(Label, other.Label);
            order = order != 0 ? order : Number.CompareTo(other.Number);
            return order != 0 ? order : string.CompareOrdinal(File, other.File);
        }

        public override string ToString() => $"{Split}/{Label}/{File}";
    }
}
