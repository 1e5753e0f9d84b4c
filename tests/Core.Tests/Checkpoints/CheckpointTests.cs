using System.Security.Cryptography;

namespace OnnxSentiment.Core.Tests;

public class CheckpointTests
{
    private TemporaryFolder _folder = null!;
    private string _path = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _path = _folder.File("checkpoint");
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Load_SavedCheckpoint_IsTheSame()
    {
        Examples.Checkpoint.Save(_path);
        var loaded = Checkpoint.Load(_path);
        Assert.That(loaded.Config.Model, Is.EqualTo(Examples.Config.Model));
        Assert.That(loaded.Config.Text, Is.EqualTo(Examples.Config.Text));
        Assert.That(loaded.Config.Labels, Is.EqualTo(Examples.Config.Labels));
        Assert.That(loaded.Config.Training!.ToJsonString(), Is.EqualTo(Examples.Config.Training!.ToJsonString()));
        Assert.That(loaded.Config.Data, Is.EqualTo(Examples.Config.Data));
        Assert.That(loaded.Config.Metrics, Is.EquivalentTo(Examples.Config.Metrics));
        Assert.That(loaded.Vocabulary.Tokens, Is.EqualTo(Examples.Vocabulary.Tokens));
        foreach (var (name, weight) in Examples.Weights())
        {
            Assert.That(loaded.Weights[name].AsFloats().ToArray(), Is.EqualTo(weight.AsFloats().ToArray()), name);
        }
    }

    [Test]
    public void Sha256_InMemoryAndLoaded_IsThatOfTheFilesOneAfterAnother()
    {
        Examples.Checkpoint.Save(_path);
        var files = new[] { "config.json", "vocab.txt", "weights.safetensors" }
            .SelectMany(file => File.ReadAllBytes(Path.Combine(_path, file)));
        var expected = Convert.ToHexStringLower(SHA256.HashData([.. files]));
        Assert.That(Checkpoint.Load(_path).Sha256, Is.EqualTo(expected));
        Assert.That(Examples.Checkpoint.Sha256, Is.EqualTo(expected));
    }

    // What a person or another tool wrote is summed as it lies there, not as it would be written here.
    [Test]
    public void Sha256_FilesWithOtherSpaces_IsThatOfTheirBytes()
    {
        Examples.Checkpoint.Save(_path);
        var before = Checkpoint.Load(_path).Sha256;
        File.AppendAllText(Path.Combine(_path, "config.json"), "\n");
        var files = Checkpoint.Files.SelectMany(file => File.ReadAllBytes(Path.Combine(_path, file)));
        Assert.That(Checkpoint.Load(_path).Sha256, Is.Not.EqualTo(before));
        Assert.That(
            Checkpoint.Load(_path).Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData([.. files]))));
    }

    [Test]
    public void Save_EqualCheckpoints_GiveEqualFiles()
    {
        Examples.Checkpoint.Save(_path);
        Checkpoint.Load(_path).Save(_folder.File("again"));
        new Checkpoint(Examples.Config, Examples.Vocabulary, Examples.Weights().Reverse().ToDictionary()).Save(
            _folder.File("reversed"));
        foreach (var file in TemporaryFolder.EntriesOf(_path))
        {
            var expected = File.ReadAllBytes(Path.Combine(_path, file));
            Assert.That(File.ReadAllBytes(Path.Combine(_folder.File("again"), file)), Is.EqualTo(expected), file);
            Assert.That(File.ReadAllBytes(Path.Combine(_folder.File("reversed"), file)), Is.EqualTo(expected), file);
        }
    }

    [Test]
    public void Load_MissingFolder_SaysWhatACheckpointIs() =>
        AssertLoadFails(
            $"no file '{Path.Combine(_path, "config.json")}'; a checkpoint is a folder with config.json, "
                + "weights.safetensors and vocab.txt");

    [TestCase("config.json")]
    [TestCase("vocab.txt")]
    [TestCase("weights.safetensors")]
    public void Load_MissingFile_NamesIt(string file)
    {
        Examples.Checkpoint.Save(_path);
        File.Delete(Path.Combine(_path, file));
        AssertLoadFails(Path.Combine(_path, file));
        Assert.That(Checkpoint.Exists(_path), Is.False);
    }

    [TestCase("vocab.txt", "don't\n", "", "'embedding.weight' is F32 [6, 3], but F32 [5, 3] was expected")]
    [TestCase("vocab.txt", "don't", "good", "'good' both as id 3 and as id 4")]
    [TestCase(
        "config.json", "\"gru\"", "\"lstm\"", "'recurrent.weight_ih_l0' is F32 [6, 3], but F32 [8, 3] was expected")]
    [TestCase(
        "config.json", "\"hidden_size\": 2", "\"hidden_size\": 0",
        "hidden_size is 0, but has to lie between 1 and 65536")]
    [TestCase(
        "config.json", "0.30000000000000004", "1e999",
        "metrics.test_accuracy is Infinity, but has to be a finite number")]
    [TestCase(
        "config.json", "\"negative\"", "\"positive\"",
        "labels is [positive, positive], but has to name 2 to 1000 different classes")]
    public void Load_FilesThatDoNotFit_NamesFolderAndDefect(string file, string text, string damage, string defect)
    {
        Damage(file, text, damage);
        AssertLoadFails(defect, $"The checkpoint '{_path}' cannot be used");
    }

    [TestCase("\"training\"", "\"trainig\"", "Known keys: model, text, labels, training, data, metrics.")]
    [TestCase(
        "\"hidden_size\"", "\"hiden_size\"",
        "Known keys: cell, nonlinearity, bidirectional, layers, embedding_size, hidden_size, readout, "
            + "embedding_dropout, recurrent_dropout, readout_dropout.")]
    [TestCase("\"maximum_length\"", "\"max.length\"", "Known keys: tokenizer, vocabulary_size, maximum_length.")]
    [TestCase("\"maximum_length\"", "\"it's['max\"", "Known keys: tokenizer, vocabulary_size, maximum_length.")]
    [TestCase("\"text\"", "\"te.xt\"", "Known keys: model, text, labels, training, data, metrics.")]
    [TestCase(
        "\"sha256\"", "\"SHA256\"",
        "Known keys: source, sha256, train_count, validation_count, unlabelled_count, test_count.")]
    [TestCase("\"gru\"", "\"gruu\"", "Known values: rnn, gru, lstm, bag.")]
    [TestCase("\"gru\"", "1", "Known values: rnn, gru, lstm, bag.")]
    [TestCase("\"max_mean\"", "\"sum\"", "Known values: last, max, mean, max_mean, attention.")]
    [TestCase("\"keras-punctuation\"", "\"bert\"", "Known values: keras, keras-punctuation.")]
    [TestCase("\"labels\"", "\"training\"", "training")]
    [TestCase("\"hidden_size\": 2", "\"hidden_size\": \"2\"", "$.model.hidden_size")]
    [TestCase("\"hidden_size\": 2", "\"hidden_size\": 2.5", "$.model.hidden_size")]
    [TestCase("\"hidden_size\": 2,", "\"hidden_size\": 2, \"hidden_size\": 2,", "hidden_size")]
    [TestCase("{", "{,", "$")]
    public void Load_DamagedConfig_NamesFileAndWhatIsKnown(string text, string damage, string defect)
    {
        Damage("config.json", text, damage);
        AssertLoadFails(defect, $"'{Path.Combine(_path, "config.json")}' cannot be read");
    }

    // An é as cp1252 and Latin-1 write it, a text that ends within a character, and one in UTF-16.
    [TestCase("vocab.txt", "don't", new byte[] { (byte)'d', 0xE9 }, "line 5")]
    [TestCase("config.json", "reviews", new byte[] { 0xE9 }, "line 28")]
    [TestCase("vocab.txt", "\ufffd\n", new byte[] { 0xE2, 0x82 }, "line 6")]
    [TestCase("vocab.txt", "<padding>", new byte[] { 0xFF, 0xFE, (byte)'<', 0 }, "line 1")]
    public void Load_TextThatIsNotUtf8_NamesFileAndLine(string file, string text, byte[] damage, string line)
    {
        Damage(file, text, "#");
        var path = Path.Combine(_path, file);
        var bytes = File.ReadAllBytes(path);
        var at = Array.IndexOf(bytes, (byte)'#');
        File.WriteAllBytes(path, [.. bytes[..at], .. damage, .. bytes[(at + 1)..]]);
        AssertLoadFails($"'{path}' has bytes in {line} that are not UTF-8");
    }

    [TestCase("vocab.txt")]
    [TestCase("config.json")]
    public void Load_ByteOrderMarkOfUtf8_IsPassedOver(string file)
    {
        Examples.Checkpoint.Save(_path);
        var path = Path.Combine(_path, file);
        File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(path)]);
        Assert.That(Checkpoint.Load(_path).Vocabulary.Tokens, Is.EqualTo(Examples.Vocabulary.Tokens));
    }

    [Test]
    public void Load_KeyTwiceInTraining_NamesItAndNoSurrogates()
    {
        Damage("config.json", "\"epochs\": 3", "\"epochs\": 3, \"epochs\": 4");
        AssertLoadFails("epochs", $"'{Path.Combine(_path, "config.json")}' cannot be read");
        Assert.That(
            () => Checkpoint.Load(_path),
            Throws.InstanceOf<InvalidInputException>().With.Message.Not.Contains("surrogate"));
    }

    // Source-generated deserialisation sets default(T) where the key of an init property is missing.
    [Test]
    public void Parse_MissingKeys_HaveTheDocumentedDefaults()
    {
        const string json = """{"model":{},"text":{},"labels":["a","b"]}""";
        var config = CheckpointJson.Parse(json, CheckpointJson.Default.CheckpointConfig, "config.json").Validated();
        Assert.That(config.Model, Is.EqualTo(new ModelConfig()));
        Assert.That(config.Text, Is.EqualTo(new TextSettings()));
        Assert.That(config.Metrics, Is.Empty);
        Assert.That(config.Training, Is.Null);
        Assert.That(config.Data, Is.Null);
    }

    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("")]
    [TestCase("""{"model":null,"text":{},"labels":["a","b"]}""")]
    [TestCase("""{"model":{},"text":null,"labels":["a","b"]}""")]
    [TestCase("""{"model":{},"text":{},"labels":null}""")]
    [TestCase("""{"model":{},"text":{},"labels":["a","b"],"metrics":null}""")]
    public void Load_ConfigWithNullOrNothing_NamesTheFile(string config)
    {
        Examples.Checkpoint.Save(_path);
        File.WriteAllText(Path.Combine(_path, "config.json"), config);
        AssertLoadFails(Path.Combine(_path, "config.json"));
    }

    [Test]
    public void Constructor_MissingWeight_NamesItAndTheKnownOnes()
    {
        var weights = Examples.Weights();
        weights.Remove("recurrent.bias_hh_l0_reverse");
        AssertRefused(
            weights,
            "'recurrent.bias_hh_l0_reverse' is missing; this architecture has embedding.weight, "
                + "recurrent.weight_ih_l0,");
    }

    [Test]
    public void Constructor_UnknownWeight_NamesItAndTheKnownOnes()
    {
        var weights = Examples.Weights();
        weights["recurrent.weight_ih_l1"] = weights["recurrent.weight_ih_l0"];
        AssertRefused(
            weights,
            "'recurrent.weight_ih_l1' is unknown; this architecture has embedding.weight, recurrent.weight_ih_l0,");
    }

    [Test]
    public void Constructor_MisshapedWeight_NamesBothShapes()
    {
        var weights = Examples.Weights();
        weights["classifier.weight"] = SafetensorsTensor.FromFloats(new float[8], [8, 1]);
        AssertRefused(weights, "'classifier.weight' is F32 [8, 1], but F32 [1, 8] was expected");
    }

    [Test]
    public void Constructor_WeightOfAnotherType_NamesBothTypes()
    {
        var weights = Examples.Weights();
        weights["classifier.bias"] = new("F64", [1], new byte[8]);
        AssertRefused(weights, "'classifier.bias' is F64 [1], but F32 [1] was expected");
    }

    [TestCase("one")]
    [TestCase("same", "same")]
    [TestCase("one", "same", "same")]
    [TestCase("one", " ")]
    [TestCase("one", null)]
    public void Validated_TooFewOrEqualLabels_ListsThem(params string[] labels) => Assert.That(
        () => (Examples.Config with { Labels = labels }).Validated(),
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains(
            $"labels is [{string.Join(", ", labels)}], but has to name 2 to 1000"));

    [Test]
    public void Validated_TooManyLabels_ListsTheFirst() => Assert.That(
        () => (Examples.Config with { Labels = [.. Enumerable.Range(1, 1_001).Select(i => $"{i}")] }).Validated(),
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains(
            "labels is [1, 2, 3, 4, 5, … 1001 in all], but has to name 2 to 1000"));

    [Test]
    public void Validated_MetricThatIsNotFinite_NamesIt(
        [Values(double.NaN, double.PositiveInfinity, double.NegativeInfinity)] double value) => Assert.That(
        () => (Examples.Config with { Metrics = new Dictionary<string, double> { ["loss"] = value } }).Validated(),
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains("metrics.loss is ").And.Message.Contains(
            "finite number"));

    private static void AssertRefused(Dictionary<string, SafetensorsTensor> weights, string defect) => Assert.That(
        () => new Checkpoint(Examples.Config, Examples.Vocabulary, weights),
        Throws.InstanceOf<InvalidInputException>().With.Message.Contains(defect));

    private void AssertLoadFails(params string[] parts)
    {
        var refusal = Assert.Throws<InvalidInputException>(() => Checkpoint.Load(_path))!;
        foreach (var part in parts)
        {
            Assert.That(refusal.Message, Does.Contain(part));
        }
    }

    private void Damage(string file, string text, string damage)
    {
        Examples.Checkpoint.Save(_path);
        var path = Path.Combine(_path, file);
        var contents = File.ReadAllText(path);
        var at = contents.IndexOf(text, StringComparison.Ordinal);
        Assert.That(at, Is.Not.Negative, "the text to damage is there");
        File.WriteAllText(path, contents[..at] + damage + contents[(at + text.Length)..]);
    }
}
