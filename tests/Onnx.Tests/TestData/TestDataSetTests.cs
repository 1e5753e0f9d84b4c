using Google.Protobuf;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Onnx.Tests;

public class TestDataSetTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("data-set-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Read_Written_TheSameTensors()
    {
        NamedTensor[] inputs =
        [
            new("ids", [2, 2], new[] { 1L, 2L, long.MaxValue, -1L }), new("text", [2], new[] { "é😀", "" }),
        ];
        NamedTensor[] outputs =
        [
            new("logit", [2, 1], new[] { -1.5f, float.NaN }), new("mask", [3], new[] { true, false, true }),
            new("double", [], new[] { Math.PI }), new("int", [1], new[] { int.MinValue }), new(
                "none", [0, 4], Array.Empty<float>()),
        ];
        var folder = Path.Combine(_folder, "set");
        new TestDataSet(inputs, outputs).Write(folder);
        var read = TestDataSet.Read(folder);
        foreach (var (actual, expected) in read.Inputs.Zip(inputs).Concat(read.Outputs.Zip(outputs)))
        {
            Assert.That(actual.Name, Is.EqualTo(expected.Name));
            Assert.That(actual.Shape, Is.EqualTo(expected.Shape));
            Assert.That(
                actual.Values, Is.EqualTo(expected.Values).And.TypeOf(expected.Values.GetType()), expected.Name);
        }

        Assert.That((read.Inputs.Count, read.Outputs.Count), Is.EqualTo((inputs.Length, outputs.Length)));
    }

    // The standard allows both places; other tools write into these fields.
    [Test]
    public void Read_ValuesInTypedFields_AreTaken()
    {
        var folder = Write(
            new TensorProto { Name = "x", DataType = (int)DataType.Float, Dims = { 2 }, FloatData = { 1, 2 } });
        Assert.That(TestDataSet.Read(folder).Inputs.Single().Values, Is.EqualTo([1f, 2f]));
        Write(new TensorProto { Name = "x", DataType = (int)DataType.Double, Dims = { 1 }, DoubleData = { 3 } });
        Assert.That(TestDataSet.Read(folder).Inputs.Single().Values, Is.EqualTo([3.0]));
        Write(new TensorProto { Name = "x", DataType = (int)DataType.Int64, Dims = { 2 }, Int64Data = { 4, 5 } });
        Assert.That(TestDataSet.Read(folder).Inputs.Single().Values, Is.EqualTo([4L, 5L]));
        Write(new TensorProto { Name = "x", DataType = (int)DataType.Int32, Dims = { 1 }, Int32Data = { 6 } });
        Assert.That(TestDataSet.Read(folder).Inputs.Single().Values, Is.EqualTo([6]));
        Write(new TensorProto { Name = "x", DataType = (int)DataType.Bool, Dims = { 2 }, Int32Data = { 0, 1 } });
        Assert.That(TestDataSet.Read(folder).Inputs.Single().Values, Is.EqualTo([false, true]));
    }

    [Test]
    public void Read_ElementsOfAnotherType_NamesThem()
    {
        var folder = Write(new TensorProto
        {
            Name = "x",
            DataType = (int)DataType.Float8E5M2,
            Dims = { 1 },
            RawData = ByteString.CopyFrom(0),
        });
        AssertRefused(folder, "input_0.pb", "float8e5m2", "bfloat16");
    }

    [Test]
    public void Read_StringsThatDoNotFillTheShape_SaysHowMany()
    {
        var folder = Write(new TensorProto
        {
            Name = "x",
            DataType = (int)DataType.String,
            Dims = { 3 },
            StringData = { ByteString.CopyFromUtf8("a"), ByteString.CopyFromUtf8("b") },
        });
        AssertRefused(folder, "2 strings", "[3]");
    }

    [Test]
    public void Read_DataInAnotherFile_IsRefused()
    {
        var folder = Write(new TensorProto
        {
            Name = "x",
            DataType = (int)DataType.Float,
            Dims = { 1 },
            DataLocation = DataLocation.External,
        });
        AssertRefused(folder, "another file");
    }

    [Test]
    public void Read_NumberLeftOut_NamesTheMissingFile()
    {
        var folder = Path.Combine(_folder, "set");
        NamedTensor[] outputs = [new("a", [1], new[] { 1f }), new("b", [1], new[] { 2f }), new("c", [1], new[] { 3f })];
        new TestDataSet(outputs[..1], outputs).Write(folder);
        File.Delete(Path.Combine(folder, "output_1.pb"));
        AssertRefused(folder, "output_1.pb");
    }

    [Test]
    public void Read_NoFolder_NamesTheFirstFile() => AssertRefused(Path.Combine(_folder, "nowhere"), "input_0.pb");

    [Test]
    public void Find_ManyFolders_GivesThoseOfTheLayoutByNumber()
    {
        string[] names = ["test_data_set_10", "test_data_set_9", "test_data_set_x", "test_data_set_", "test_data_sets"];
        foreach (var name in names)
        {
            Directory.CreateDirectory(Path.Combine(_folder, name));
        }

        Assert.That(
            TestDataSet.Find(_folder).Select(Path.GetFileName), Is.EqualTo(["test_data_set_9", "test_data_set_10"]));
    }

    private static void AssertRefused(string folder, params string[] words)
    {
        var message = Assert.Throws<InvalidInputException>(() => TestDataSet.Read(folder))!.Message;
        Assert.That(words.Where(word => !message.Contains(word, StringComparison.Ordinal)), Is.Empty, message);
    }

    private string Write(TensorProto input)
    {
        var folder = Path.Combine(_folder, "set");
        new TestDataSet([], [new("y", [1], new[] { 1f })]).Write(folder);
        File.WriteAllBytes(Path.Combine(folder, "input_0.pb"), input.ToByteArray());
        return folder;
    }
}
