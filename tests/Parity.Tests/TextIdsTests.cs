using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Tests.Shared;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Parity.Tests;

/// <summary>The ids that a graph makes of texts are those of Core's encoder.</summary>
[TestFixture(TokenizerKind.Keras)]
[TestFixture(TokenizerKind.KerasPunctuation)]
public class TextIdsTests(TokenizerKind tokenizer)
{
    private const int MaximumLength = 12;
    private const int HostileCount = 20_000;
    private const int TextsAtOnce = 100;

    // Words of which every character class has one, so that a wrong cut shows as another id and not as unknown again.
    private static readonly string[] OddWords =
    [
        "good", "bad", "don't", "'", "’", "a", "z", "7", "br", "é", "É", "\u0001", "\u007f", "\u00ad", "\u200b",
        "\ufeff", "\ufffd", "\uffff", "漢字", "😀", "𐐀", "İ", "ı", "ß", "Σ", "\u212a", "e\u0301", "\ufffd\ufffd", "!", "?",
        ".", ",", ";", ":", "(", ")", "\"", "GOOD", "\u001c", "\u001f", "\u180e",
    ];

    private Checkpoint _checkpoint = null!;
    private TextEncoder _encoder = null!;
    private TextGraph _graph = null!;

    [OneTimeSetUp]
    public void Export()
    {
        _checkpoint = Texts.Checkpoint(
            tokenizer, new Vocabulary([.. Vocabulary.SpecialTokens, .. OddWords]), MaximumLength);
        _encoder = new TextEncoder(_checkpoint.Config.Text, _checkpoint.Vocabulary);
        _graph = new TextGraph(_checkpoint);
    }

    [OneTimeTearDown]
    public void Dispose() => _graph.Dispose();

    [Test]
    public void Ids_EveryCharacterOfTheBasicPlane_CutsOrNotAsTheEncoderDoes()
    {
        foreach (var characters in Enumerable.Range(0, char.MaxValue + 1).Chunk(4096))
        {
            AssertSame([.. characters.SelectMany(c => new[] { $"good{(char)c}bad", $"{(char)c}", $"bad{(char)c}" })]);
        }
    }

    [Test]
    public void Ids_CharactersBeyondTheBasicPlane_CutOrNotAsTheEncoderDoes() => AssertSame(
    [
        .. Enumerable.Range(0x10000, 0x100000).Where(c => c % 61 == 0 || c > 0x10ff00)
            .Select(c => $"good{char.ConvertFromUtf32(c)}bad 😀 𐐀"),
    ]);

    [Test]
    public void Ids_HostileTexts_AreTheEncoders([Values(1, 2)] int seed)
    {
        var random = new Random(seed);
        var texts = Enumerable.Range(0, HostileCount).Select(_ => TextInputs.Hostile(random, _checkpoint.Vocabulary))
            .ToList();
        AssertSame(texts, $"seed {seed}");
        var ids = texts.SelectMany(text => _encoder.Encode(text)).ToHashSet();
        Assert.That(ids, Has.Count.GreaterThan(OddWords.Length / 2), "ids that hardly vary would prove nothing");
    }

    [TestCase(0), TestCase(MaximumLength - 2), TestCase(MaximumLength - 1), TestCase(MaximumLength), TestCase(10_000)]
    public void Ids_NumbersOfTokens_KeepsTheLast(int count)
    {
        string Text(int n) => string.Join(' ', Enumerable.Range(0, n).Select(i => OddWords[i % 10]));
        AssertSame([Text(count)]);
        AssertSame([Text(count), "", Text(MaximumLength + 3), Text(1), Text(MaximumLength - 1), Text(3)]);
    }

    [Test]
    public void Ids_NothingButEmptyTexts_AreTheStartAlone()
    {
        AssertSame([""]);
        AssertSame(["", "", ""]);
        AssertSame([" ", "\u3000#", ""]);
        Assert.That(_graph.Ids(["", " "]), Is.All.EqualTo((long[])[Vocabulary.StartId]));
    }

    [Test]
    public void Ids_LongTokens_AreUnknown() =>
        AssertSame(
            [new string('a', 128), new string('a', 129), $"good {new string('é', 100_000)} bad", new string('!', 500)]);

    // Each hides one rule of the encoder from the graph; the texts above have to show it.
    [TestCase("text/tokens", "tokenexp", @"\x{85}", "", "good\u0085bad")]
    [TestCase("text/tokens", "tokenexp", @"\x{2028}-\x{2029}", "", "good\u2028bad")]
    [TestCase("text/lower", "case_change_action", "LOWER", "NONE", "GOOD BAD")]
    public void Ids_GraphWithARuleLess_Differ(string node, string name, string rule, string instead, string text)
    {
        using var graph = new TextGraph(_checkpoint, model =>
        {
            var attribute = model.Graph.Node.Single(n => n.Name == node).Attribute.Single(a => a.Name == name);
            attribute.S = ByteString.CopyFromUtf8(
                attribute.S.ToStringUtf8().Replace(rule, instead, StringComparison.Ordinal));
        });
        Assert.That(graph.Ids([text])[0], Is.Not.EqualTo(_encoder.Encode(text)));
        Assert.That(_graph.Ids([text])[0], Is.EqualTo(_encoder.Encode(text)));
    }

    [Test, Category("Slow")]
    public void Ids_AllTestReviews_AreTheEncoders()
    {
        var shipped = Core.Checkpoint.Load(Path.Combine(Checkout.ImdbModel, "checkpoint"));
        var checkpoint = Texts.Checkpoint(tokenizer, shipped.Vocabulary, shipped.Config.Text.MaximumLength);
        var encoder = new TextEncoder(checkpoint.Config.Text, checkpoint.Vocabulary);
        using var graph = new TextGraph(checkpoint);
        var reviews = DatasetReader.Read(Checkout.ImdbArchive()).Test.Select(review => review.Text).ToList();
        Assert.That(reviews, Has.Count.EqualTo(25_000));
        var ids = Texts.AssertSameIds(graph, encoder, reviews, TextsAtOnce);
        TestContext.Out.WriteLine($"{reviews.Count} reviews, {ids} ids, no difference");
    }

    private void AssertSame(IReadOnlyList<string> texts, string message = "") =>
        Texts.AssertSameIds(_graph, _encoder, texts, TextsAtOnce, message);
}
