using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Tests;

internal sealed class DatasetReaderTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("r.csv", "text,label\ngood,1\nbad,0\n")]
    [TestCase("r.csv", "\uFEFFLabel,TEXT\r\npositive,good\r\nnegative,bad\r\n",
        Description = "Byte order mark, order, case.")]
    [TestCase("r.csv", "id,text,label\n7,good,pos\n\n8,bad,NEG",
        Description = "A column more, an empty line, no last break.")]
    [TestCase("r.tsv", "text\tlabel\ngood\ttrue\nbad\tfalse\n")]
    [TestCase("r.jsonl", "{\"text\": \"good\", \"label\": 1}\n\n{\"label\": 0, \"text\": \"bad\"}\n")]
    [TestCase("r.jsonl", "{\"Text\": \"good\", \"Label\": true}\r\n{\"label\": false, \"text\": \"bad\", \"n\": [1]}")]
    [TestCase(
        "r.JSONL", "{\"text\": \"good\", \"label\": \"positive\"}\n{\"label\": \" Negative\", \"text\": \"bad\"}")]
    public void Read_EveryFormAndSpelling_SameDataset(string name, string contents)
    {
        var data = DatasetReader.Read(_folder.Write(name, contents));

        Assert.Multiple(() =>
        {
            Assert.That(data.Labels, Is.EqualTo(new[] { "negative", "positive" }));
            Assert.That(data.Train.Select(t => (t.Text, t.Label)),
                Is.EqualTo(new[] { ("good", "positive"), ("bad", "negative") }));
            Assert.That(data.Train.Select(t => t.Id), Is.All.StartsWith($"'{_folder[name]}', line "));
            Assert.That(data.Test, Is.Empty);
            Assert.That(data.Name, Is.EqualTo(name));
            // Of each text: length and bytes of the label, length and bytes of the text; by Python's hashlib.
            Assert.That(data.Sha256, Is.EqualTo("67f9f748bef3037412cf130b048c4cd30cb1b7222f7df1292d749d3a087d91a3"));
        });
    }

    [Test]
    public void Read_QuotedField_MayHoldLineBreaksDelimitersAndQuotes()
    {
        var data = DatasetReader.Read(
            _folder.Write("r.csv", "text,label\n\"two\nlines, \"\"really\"\"\",1\na \"quote\" inside,0\n"));

        Assert.That(
            data.Train.Select(text => text.Text), Is.EqualTo(new[] { "two\nlines, \"really\"", "a \"quote\" inside" }));
    }

    [Test]
    public void Read_InvalidUtf8_Replaced()
    {
        var data = DatasetReader.Read(_folder.Write("r.csv", [.. "text,label\nb"u8, 0xE9, .. "d,0\ngood,1\n"u8]));

        Assert.That(data.Train[0].Text, Is.EqualTo("b\uFFFDd"));
    }

    [Test]
    public void Read_OtherLabels_OrdinalOrderSecondPositive()
    {
        var data = DatasetReader.Read(_folder.Write("r.csv", "text,label\na,spam\nb,ham\n"));

        Assert.That(data.Labels, Is.EqualTo(new[] { "ham", "spam" }));
        Assert.That(data.Train[0].Label, Is.EqualTo("spam"));
    }

    [Test]
    public void Read_OtherColumns_ByOption()
    {
        var path = _folder.Write("r.csv", "review,sentiment\ngood,positive\nbad,negative\n");
        var data = DatasetReader.Read(path, new DatasetOptions { TextColumn = "Review", LabelColumn = "sentiment" });

        Assert.That(data.Train[1], Is.EqualTo(new LabeledText("bad", "negative", $"'{path}', line 3")));
    }

    [TestCase("r.csv", "split,text,label\ntrain,good,1\nTEST,bad,0\ntrain,bad,0\n")]
    [TestCase(
        "r.jsonl",
        "{\"split\":\"train\",\"text\":\"good\",\"label\":1}\n{\"split\":\"test\",\"text\":\"bad\",\"label\":0}\n" +
        "{\"text\":\"bad\",\"label\":0}")]
    public void Read_SplitColumn_Followed(string name, string contents)
    {
        var data = DatasetReader.Read(_folder.Write(name, contents));

        Assert.That(data.Train.Select(text => text.Text), Is.EqualTo(new[] { "good", "bad" }));
        Assert.That(data.Test.Select(text => text.Text), Is.EqualTo(new[] { "bad" }));
    }

    [Test]
    public void Read_FolderOfSplits_MayMixFormats()
    {
        _folder.Write("train.csv", "text,label\ngood,1\nbad,0\n");
        var test = _folder.Write("test.jsonl", "{\"text\":\"fine\",\"label\":\"1\"}");
        var data = DatasetReader.Read(_folder.Path);

        Assert.That(data.Test, Is.EqualTo(new[] { new LabeledText("fine", "positive", $"'{test}', line 1") }));
    }

    [Test]
    public void Read_FolderWithTwoTrainFiles_SaysWhich()
    {
        _folder.Write("train.csv", "text,label\n");
        _folder.Write("train.tsv", "text\tlabel\n");

        AssertRefused(_folder.Path, "holds train.csv and train.tsv, but one file for each split");
    }

    [TestCase("r.csv", "", "is empty, but a header with 'text', 'label'")]
    [TestCase("r.csv", "text,label\n", "holds no labelled text")]
    [TestCase("r.csv", "text;label\na;1\n", "line 1: there is no column 'text' in the header (found: 'text;label')")]
    [TestCase("r.csv", "text,sentiment\na,1\n",
        "r.csv', line 1: there is no column 'label' in the header (found: 'text', 'sentiment')")]
    [TestCase("r.csv", "text,label,Text\na,1,b\n", "the column 'text' is there twice")]
    [TestCase("r.csv", "text,label\na,1\nb\n", "r.csv', line 3 has 1 fields, but 2 were expected")]
    [TestCase("r.csv", "text,label\n\"a\nb\",1\nb,too,many\n", "r.csv', line 4 has 3 fields, but 2 were expected")]
    [TestCase("r.csv", "text,label\na,1\n\"b,0\nc,1\n", "line 3: a quote opens a field and is never closed")]
    [TestCase("r.csv", "text,label\na,1\nb, \n", "line 3: 'label' is \" \", but the name of a class was expected")]
    [TestCase("r.csv", "text,label\na,1\nb,1\n", "holds one class, '1'")]
    [TestCase("r.csv", "text,label,split\na,1,train\nb,0,test\n", "no text of the class 'negative' in its train split")]
    [TestCase("r.csv", "text,label,split\na,1,dev\n", "line 2: 'split' is 'dev', but train or test was expected")]
    [TestCase("r.jsonl", "", "holds no labelled text")]
    [TestCase(
        "r.jsonl", "{\"text\":\"a\",\"label\":1}\n{\"text\":", "r.jsonl', line 2 is no valid JSON object near byte 9")]
    [TestCase("r.jsonl", "[1]", "line 1 is JSON, but no object")]
    [TestCase("r.jsonl", "{\"text\":\"a\"}", "line 1: there is no 'label' (found: text)")]
    [TestCase("r.jsonl", "{\"text\":5,\"label\":1}", "line 1: 'text' is 5, but a string was expected")]
    [TestCase("r.jsonl", "{\"text\":null,\"label\":1}", "line 1: 'text' is null, but a string was expected")]
    [TestCase(
        "r.jsonl", "{\"text\":\"a\",\"label\":[1]}", "line 1: 'label' is [1], but the name of a class was expected")]
    [TestCase("r.jsonl", "{\"text\":\"a\",\"text\":\"b\",\"label\":1}", "line 1 is no valid JSON object")]
    [TestCase("r.jsonl", "{\"text\":\"\\ud800\",\"label\":1}", "line 1: 'text' is no valid Unicode")]
    [TestCase("r.xlsx", "PK", "has an unknown ending; expected: ")]
    public void Read_UnusableFile_OneSentence(string name, string contents, string message) =>
        AssertRefused(_folder.Write(name, contents), message);

    [Test]
    public void Read_NothingThere_SaysSo() =>
        AssertRefused(_folder["missing.csv"], "There is neither a file nor a folder");

    [Test]
    public void Read_FolderOfSomethingElse_SaysSo() =>
        AssertRefused(_folder.Path, "has none of the known layouts; expected: ");

    [Test]
    public void Read_SameColumnTwiceInOptions_Throws() =>
        Assert.That(
            () => DatasetReader.Read("any", new DatasetOptions { TextColumn = "LABEL" }),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(
                "text_column is 'LABEL' and label_column is 'label'"));

    [TestCase("10 9 1 2.5 -3", "-3 1 2.5 9 10")]
    [TestCase("2 10", "2 10")]
    [TestCase("joy anger fear", "anger fear joy")]
    [TestCase("1 2 many 10", "1 10 2 many")]
    [TestCase("neg pos neutral", "neg neutral pos")]
    [TestCase("0 1 2", "0 1 2")]
    public void Read_AnyClasses_NumbersByValueAndNamesInOrder(string spellings, string labels)
    {
        var rows = spellings.Split(' ').Select(label => $"text,{label}\n");
        var data = DatasetReader.Read(_folder.Write("r.csv", $"text,label\n{string.Concat(rows)}"));

        Assert.That(string.Join(' ', data.Labels), Is.EqualTo(labels));
        Assert.That(string.Join(' ', data.Train.Select(text => text.Label)), Is.EqualTo(spellings));
    }

    [Test]
    public void Read_MoreClassesThanAModelHas_AsksForTheColumn()
    {
        var rows = Enumerable.Range(0, 1_001).Select(i => $"text,id{i:0000}\n");

        AssertRefused(
            _folder.Write("r.csv", $"text,label\n{string.Concat(rows)}"),
            "holds 1001 classes (id0000, id0001, id0002, id0003, id0004, … 1001 in all), but at most 1000 were " +
            "expected: is the column of the labels the right one?");
    }

    [Test]
    public void Read_ForAModelOfLabelsThatDifferByCaseAlone_TakesEachAsItIs()
    {
        var options = new DatasetOptions { Labels = ["A", "a", "b"] };
        var data = DatasetReader.Read(_folder.Write("r.csv", "text,label\nx,a\nx,A\n"), options);

        Assert.That(data.Train.Select(text => text.Label), Is.EqualTo(new[] { "a", "A" }));
    }

    [TestCase("text,label\nx,JOY\n", null)]
    [TestCase("text,label\nx,hope\n", "has the label 'hope', but the model knows anger, fear and joy")]
    public void Read_ForAModelOfThreeClasses_ItsOwnInAnyCase(string contents, string? refusal)
    {
        var path = _folder.Write("r.csv", contents);
        var options = new DatasetOptions { Labels = ["anger", "fear", "joy"] };
        if (refusal is null)
        {
            Assert.That(DatasetReader.Read(path, options).Train.Single().Label, Is.EqualTo("joy"));
        }
        else
        {
            Assert.That(() => DatasetReader.Read(path, options),
                Throws.TypeOf<InvalidInputException>().With.Message.Contains(refusal));
        }
    }

    private static void AssertRefused(string path, string message) =>
        Assert.That(
            () => DatasetReader.Read(path), Throws.TypeOf<InvalidInputException>().With.Message.Contains(message));
}
