using System.Text;
using OnnxSentiment.Core;

namespace OnnxSentiment.Benchmarks;

/// <summary>How many megabytes (10⁶ bytes of UTF-8) of real reviews one core encodes in a second of its time.</summary>
internal sealed class TokenizerProbe
{
    public const string WholeText = "TextEncoder.Encode, whole texts";
    public const string LastIds = "TextEncoder.Encode, stops where the model's ids end";
    public const string WithStrings = "lower case, marks apart, split, dictionary: strings for everything";
    public const string Scan = "a table look-up a character, counting words";
    public const string Count = "Encoding.UTF8.GetByteCount";

    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(0.3);

    private readonly IReadOnlyList<string> _texts;
    private readonly References _references;
    private readonly TextEncoder _cut;
    private readonly TextEncoder _whole;
    private readonly long[] _ids;

    public TokenizerProbe(Reviews reviews, Checkpoint checkpoint)
    {
        _texts = reviews.Texts;
        _references = new References(checkpoint.Vocabulary);
        _cut = new TextEncoder(checkpoint.Config.Text, checkpoint.Vocabulary);
        _whole = new TextEncoder(checkpoint.Config.Text with { MaximumLength = 10_000 }, checkpoint.Vocabulary);
        _ids = new long[_whole.Settings.MaximumLength];
        Megabytes = _texts.Sum(text => (double)Encoding.UTF8.GetByteCount(text)) / 1e6;
        CheckAgreement();
    }

    /// <summary>The ids of a text that the model reads.</summary>
    public int MaximumLength => _cut.Settings.MaximumLength;

    /// <summary>The size of all texts.</summary>
    public double Megabytes { get; }

    /// <summary>Megabytes a second of each, by turns.</summary>
    public IReadOnlyDictionary<string, Series> Run(int rounds) => Rounds.Run(rounds, [
        (WholeText, Speed(text => _whole.Encode(text, _ids))),
        (LastIds, Speed(text => _cut.Encode(text, _ids))),
        (WithStrings, Speed(text => _references.EncodeWithStrings(text).Length)),
        (Scan, Speed(_references.CountWords)),
        (Count, Speed(References.CountBytes)),
    ]);

    private Func<double> Speed(Func<string, int> read) => () => Megabytes / Repeated.ProcessorSeconds(
        () =>
        {
            // Used, so that no compiler may leave the reading out.
            if (_texts.Sum(read) <= 0)
            {
                throw new InvalidOperationException("Nothing was read.");
            }
        },
        AtLeast);

    // A reference that gives other ids would be a race against something else. Non-ASCII white space is left out of it.
    private void CheckAgreement()
    {
        foreach (var text in _texts.Where(text => Ascii.IsValid(text)))
        {
            if (!_whole.Encode(text).AsSpan().SequenceEqual(_references.EncodeWithStrings(text)))
            {
                throw new InvalidOperationException(
                    "The encoder and the reference with strings give different ids for a review.");
            }
        }
    }
}
