using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

internal sealed class TextRecordReaderTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("r.txt", "one\r\n\ntwo", "{\"text\":\"one\"} {\"text\":\"\"} {\"text\":\"two\"}")]
    [TestCase("r.txt", "", "")]
    [TestCase("r.csv", "id,Text,note\n7,\"a\nb\",\n", "{\"id\":\"7\",\"Text\":\"a\\nb\",\"note\":\"\"}")]
    [TestCase("r.tsv", "text\tid\na, b\t7\n", "{\"text\":\"a, b\",\"id\":\"7\"}")]
    [TestCase("r.jsonl", "{\"id\":7,\"text\":\"a\",\"x\":{\"y\":[null]}}\n\n",
        "{\"id\":7,\"text\":\"a\",\"x\":{\"y\":[null]}}")]
    public void Read_EveryForm_KeepsFieldsInOrder(string name, string contents, string expected)
    {
        var records = TextRecordReader.Read(_folder.Write(name, contents));

        Assert.That(string.Join(' ', records.Select(record => record.Fields.ToJsonString())), Is.EqualTo(expected));
    }

    [Test]
    public void Read_OtherColumn_IsTheText()
    {
        var records = TextRecordReader.Read(_folder.Write("r.csv", "id,Review\n7,fine\n"), "review");

        Assert.That(records.Single().Text, Is.EqualTo("fine"));
    }

    [Test]
    public void ReadLines_Reader_TextALine() =>
        Assert.That(
            TextRecordReader.ReadLines(new StringReader("a\rb\n\nc\n")).Select(record => record.Text),
            Is.EqualTo(new[] { "a", "b", "", "c" }));

    [Test]
    public void ReadLines_EndlessInput_Streams() =>
        Assert.That(TextRecordReader.ReadLines(new EndlessReader("good\n")).Take(100_000).Count(), Is.EqualTo(100_000));

    [Test]
    public void ReadLines_EndlessLine_GivesUp() =>
        Assert.That(
            () => BoundedLines.Read(new EndlessReader("x"), "input", maximumLength: 1000).First(),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(
                "input', line 1 has more than 1000 characters"));

    [Test]
    public void Read_Csv_HoldsOneRecordAtATime()
    {
        // The broken fourth line is only met when it is asked for.
        var records = TextRecordReader.Read(_folder.Write("r.csv", "text,id\na,1\nb,2\nc\n"));

        Assert.That(records.Take(2).Select(record => record.Text), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(() => records.Count(), Throws.TypeOf<InvalidInputException>().With.Message.Contains("line 4"));
    }

    [TestCase("missing.txt", "There is no file")]
    [TestCase("r.pdf", "ends in '.pdf', but one of .csv, .tsv, .jsonl, .txt was expected")]
    public void Read_UnusableFile_ThrowsAtOnce(string name, string message)
    {
        _folder.Write("r.pdf", "");

        Assert.That(
            () => { TextRecordReader.Read(_folder[name]); },
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(message));
    }

    private sealed class EndlessReader(string contents) : TextReader
    {
        private int _position;

        public override int Peek() => contents[_position];

        public override int Read()
        {
            var c = contents[_position];
            _position = (_position + 1) % contents.Length;
            return c;
        }
    }
}
