using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Labeled texts of two classes or more, split as their source splits them. Immutable and thread-safe.
/// </summary>
public sealed class Dataset
{
    private Dataset(
        string name,
        IReadOnlyList<string> labels,
        IReadOnlyList<LabeledText> train,
        IReadOnlyList<LabeledText> test,
        IReadOnlyList<string> unlabeled)
    {
        Name = name;
        Labels = labels;
        Train = train;
        Test = test;
        Unlabeled = unlabeled;
        Sha256 = Hash([.. train, .. test, .. unlabeled.Select(text => new LabeledText(text, ""))]);
    }

    /// <summary>The name of the file, folder or generator, without a path.</summary>
    public string Name { get; }

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, over the texts, first train, then test, then those without labels, in
    /// reading order. Each text enters as label, which may be empty, then text, both in UTF-8 after their length in
    /// bytes as four little-endian bytes; so the hash does not depend on how a source stores its texts.
    /// </summary>
    public string Sha256 { get; }

    /// <summary>
    /// The classes, in the order of a classifier's outputs; of two, a model's probability is the second one's.
    /// </summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The texts to learn from, at least one of each class.</summary>
    public IReadOnlyList<LabeledText> Train { get; }

    /// <summary>The texts to measure by; empty where the source has no such split.</summary>
    public IReadOnlyList<LabeledText> Test { get; }

    /// <summary>
    /// Texts without a label; empty unless asked for by <see cref="DatasetOptions.IncludeUnlabeled"/>.
    /// </summary>
    public IReadOnlyList<string> Unlabeled { get; }

    /// <summary>
    /// Creates a dataset. Labels are spelled as users expect them: <c>0, 1</c>, <c>false, true</c>, <c>neg, pos</c> and
    /// <c>negative, positive</c>, in any case, become <c>negative</c> and <c>positive</c> where they are the only two;
    /// others stay, numbers by value and names in ordinal order, and the second of two counts as the positive one.
    /// </summary>
    /// <param name="name">What to call the data in messages and in a checkpoint.</param>
    /// <param name="train">The texts to learn from.</param>
    /// <param name="test">The texts to measure by, or none.</param>
    /// <param name="unlabeled">Further texts, or none.</param>
    /// <param name="modelLabels">The classes of the model that is to be measured; null for data to train on.</param>
    /// <exception cref="InvalidInputException">
    /// There are fewer than two classes or more than 1,000, or a class has no text in the train split; with
    /// <paramref name="modelLabels"/>, a text has another class.
    /// </exception>
    public static Dataset Create(
        string name,
        IReadOnlyList<LabeledText> train,
        IReadOnlyList<LabeledText>? test = null,
        IReadOnlyList<string>? unlabeled = null,
        IReadOnlyList<string>? modelLabels = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(train);
        test ??= [];
        var labels = modelLabels is null
            ? DatasetLabels.Of(name, train, test)
            : DatasetLabels.OfModel(name, modelLabels, train.Concat(test));
        return new Dataset(name, labels.Names, labels.Apply(train), labels.Apply(test), unlabeled ?? []);
    }

    private static string Hash(IEnumerable<LabeledText> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            Append(hash, text.Label);
            Append(hash, text.Text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
