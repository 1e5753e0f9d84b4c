using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Onnx.Proto;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;
using static OnnxSentiment.Parity.Tests.Graphs;

namespace OnnxSentiment.Parity.Tests;

public sealed class ModelAgreementTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestCase(GraphOptimization.None)]
    [TestCase(GraphOptimization.Basic)]
    public void Check_FileAgainstItselfWithFewerOptimizations_Agrees(GraphOptimization optimization)
    {
        var file = ForeignFiles.Of("attention.torch14");
        var report = ModelAgreement.Check(
            file, file, new AgreementOptions { RunAgainst = new TensorRunnerOptions { Optimization = optimization } });
        Assert.That(report.Passed, report.ToText());
        Assert.That(report.Checks.Against, Does.Contain($"optimization {optimization.ToString().ToLowerInvariant()}"));
    }

    [Test]
    public void Check_Passed_TellsWhatWasComparedAtThreeSizes()
    {
        var report = ModelAgreement.Check(ForeignFiles.Of("gru.torch17"), ForeignFiles.Of("gru.torch14"));
        var groups = report.Checks.Checks.Select(check => check.Group).Distinct().ToList();
        Assert.That(groups, Has.Count.EqualTo(3));
        Assert.That(groups[0], Is.EqualTo("random inputs, batch=2, sequence=3, seed 1"));
        Assert.That(
            report.Checks.Checks.Take(3).Select(check => check.Name),
            Is.EqualTo(["y", "declared types and shapes", "second run"]));
        Assert.That(report.Checks.Checks[0].Measurements.Select(m => m.Value), Has.All.InRange(0, 1e-5));
        Assert.That(report.Flat(), Does.StartWith("verify: passed").And.Contain("float [2, 3]"));
    }

    [Test]
    public void Check_Failed_TellsWhereHowMuchAndFromWhat()
    {
        var report = ModelAgreement.Check(ForeignFiles.Of("mlp.wrong_rows"), ForeignFiles.Of("mlp.torch17"));
        var text = report.Flat();
        Assert.That(report.FirstDifference!.Operator, Is.EqualTo("Gemm"));
        Assert.That(text, Does.Contain("8 of 8 numbers differ, most at ["));
        Assert.That(text, Does.Contain("Its constant 'b.weight' differs"));
        Assert.That(text, Does.Contain("'/Relu_output_0' [2, 16] of Relu: agrees up to"));
        Assert.That(text, Does.Contain("1e-02 to 1e-01").And.Contain("####"));
        Assert.That(text, Does.Contain("--absolute-tolerance").And.Contain("--relative-tolerance"));
        Assert.That(text, Does.Contain("verify: FAILED: "));
    }

    [Test]
    public void Check_AnotherAttribute_NamesBoth()
    {
        var report = ModelAgreement.Check(ForeignFiles.Of("cnn.wrong_attribute"), ForeignFiles.Of("cnn.torch17"));
        Assert.That(
            report.FirstDifference!.Description,
            Does.Contain("wrong_attribute.onnx has the attribute alpha=0.2")
                .And.Contain("torch17.onnx has the attribute alpha=0.1"));
    }

    [Test]
    public void Check_Tolerances_AreObeyed()
    {
        var (actual, expected) = (ForeignFiles.Of("mlp.fp16"), ForeignFiles.Of("mlp.torch13"));
        Assert.That(ModelAgreement.Check(actual, expected).Passed, "the default of half precision");
        var strict = new AgreementOptions { AbsoluteTolerance = 1e-6, RelativeTolerance = 0 };
        Assert.That(ModelAgreement.Check(actual, expected, strict).Passed, Is.False);
        var wrong = ForeignFiles.Of("mlp.wrong_rows");
        var loose = new AgreementOptions { AbsoluteTolerance = 10 };
        Assert.That(ModelAgreement.Check(wrong, expected, loose).Passed, "10 times the largest value");
        Assert.That(
            () => ModelAgreement.Check(wrong, expected, new AgreementOptions { RelativeTolerance = -1 }),
            Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Check_GivenInputs_AreUsed()
    {
        Directory.CreateDirectory(_folder.In("set/a"));
        NpyFile.Write(new("x", [1, 8], new float[8]), _folder.In("set/a/x.npy"));
        var options = new AgreementOptions { InputFolder = _folder.In("set") };
        var report = ModelAgreement.Check(ForeignFiles.Of("mlp.torch13"), ForeignFiles.Of("mlp.fp16"), options);
        Assert.That(report.Passed, report.ToText());
        Assert.That(report.Checks.Checks.Select(check => check.Group).Distinct(), Is.EqualTo(["inputs a"]));

        var byPosition = ModelAgreement.Check(
            ForeignFiles.Of("mlp.renamed"), ForeignFiles.Of("mlp.torch13"), options with { InputFolder = Numbered() });
        Assert.That(byPosition.Passed, byPosition.ToText());
    }

    [Test]
    public void Check_TestData_IsComparedSetBySet()
    {
        var file = Scale(2).Write(_folder, "scale");
        new TestDataSet([new("x", [2], new[] { 1f, 2f })], [new("y", [2], new[] { 2f, 4f })])
            .Write(_folder.In("test_data_set_0"));
        new TestDataSet([new("", [1], new[] { 3f })], [new("", [1], new[] { 6f })])
            .Write(_folder.In("test_data_set_1"));
        var report = ModelAgreement.Check(file, _folder.In("."));
        Assert.That(report.Passed, report.ToText());
        Assert.That(
            report.Checks.Checks.Select(check => check.Group).Distinct(),
            Is.EqualTo(["test_data_set_0", "test_data_set_1"]));

        var wrong = ModelAgreement.Check(Scale(3).Write(_folder, "wrong"), _folder.In("test_data_set_0"));
        Assert.That((wrong.Passed, wrong.FirstDifference), Is.EqualTo((false, (FirstDifference?)null)));
        Assert.That(wrong.Flat(), Does.Contain("2 of 2 numbers differ").And.Contain("in the stored outputs"));
    }

    [Test]
    public void Check_OutputThatIsDeclaredWrongly_IsFound()
    {
        var model = Model(
            Value("x", DataType.Float, "n", 3), Node("Relu", "x", "y"), Value("y", DataType.Float, "n", 4));
        var report = ModelAgreement.Check(
            model.Write(_folder, "wrong"),
            Model(Value("x", DataType.Float, "n", 3), Node("Relu", "x", "y"), Value("y", DataType.Float, "n", "m"))
                .Write(_folder, "right"));
        Assert.That(report.Passed, Is.False);
        Assert.That(
            report.Flat(), Does.Contain("declared as float [n, 4] with n=2, but ONNX Runtime returns float [2, 3]"));
    }

    [Test]
    public void Check_ModelThatDrawsRandomNumbers_IsNotedAsSuch()
    {
        var model = Model(
            Value("x", DataType.Float, "n"), Node("RandomNormalLike", "x", "r"), Node("Add", "x r", "y"),
            Value("y", DataType.Float, "n")).Write(_folder, "random");
        var report = ModelAgreement.Check(model, model, new AgreementOptions { AbsoluteTolerance = 100 });
        Assert.That(report.Flat(), Does.Contain("second run"));
        var strict = ModelAgreement.Check(model, model);
        Assert.That(
            strict.Checks.Checks.First(check => check.Name == "second run").Message,
            Does.Contain("Two runs of").And.Contain("random numbers"));
    }

    [Test]
    public void Check_OutputsThatAreMissing_Fail()
    {
        var one = Model(
            Value("x", DataType.Float, "n"), Node("Relu", "x", "y"), Value("y", DataType.Float, "n"))
            .Write(_folder, "one");
        var two = Model(
            Value("x", DataType.Float, "n"), Node("Relu", "x", "y"), Node("Neg", "x", "z"),
            Value("y", DataType.Float, "n"), Value("z", DataType.Float, "n")).Write(_folder, "two");
        Assert.That(ModelAgreement.Check(one, two).Flat(), Does.Contain("has the output 'z', but"));
        var extra = ModelAgreement.Check(two, one);
        Assert.That(extra.Passed, extra.ToText());
        Assert.That(extra.Flat(), Does.Contain("skipped").And.Contain("no output 'z' to compare with"));
    }

    [Test]
    public void Check_NothingButNaN_IsNotAgreement()
    {
        var model = Model(
            Value("x", DataType.Float, "n"), Node("Sub", "x x", "zero"), Node("Div", "zero zero", "y"),
            Value("y", DataType.Float, "n")).Write(_folder, "nan");
        var report = ModelAgreement.Check(model, model);
        Assert.That(
            report.Checks.Checks.Where(check => check.Name == "y").Select(check => check.Outcome),
            Has.All.EqualTo(CheckOutcome.Skipped));
        Assert.That((report.Passed, report.FirstDifference), Is.EqualTo((false, (FirstDifference?)null)));
        Assert.That(report.Flat(), Does.Contain("nothing was compared"));
    }

    [Test]
    public void Check_Strings_AreCompared()
    {
        var upper = Text("UPPER").Write(_folder, "upper");
        Assert.That(ModelAgreement.Check(upper, upper).Passed);
        var report = ModelAgreement.Check(Text("LOWER").Write(_folder, "lower"), upper);
        Assert.That(report.Flat(), Does.Contain("strings differ, first at ["));
        Assert.That(report.FirstDifference!.Description, Does.Contain("case_change_action=LOWER"));
    }

    [Test]
    public void Check_ExternalData_IsFoundBesideTheFile()
    {
        var (file, weights) = (External().Write(_folder, "external"), _folder.In("weights.bin"));
        Assert.That(
            () => ModelAgreement.Check(file, file),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("keeps weights in 'weights.bin'"));
        File.WriteAllBytes(weights, [0, 0, 0, 64]);
        var report = ModelAgreement.Check(file, Scale(2).Write(_folder, "scale"));
        Assert.That(report.Passed, report.ToText());
        var wrong = ModelAgreement.Check(file, Scale(3).Write(_folder, "wrong"));
        Assert.That(wrong.FirstDifference!.Value, Is.EqualTo("y"));
    }

    [Test]
    public void Check_Cancelled_Ends() => Assert.That(
        () => ModelAgreement.Check(
            ForeignFiles.Of("mlp.fp16"), ForeignFiles.Of("mlp.torch13"), cancellation: new CancellationToken(true)),
        Throws.InstanceOf<OperationCanceledException>());

    private static ModelProto Text(string action) => Model(
        Value("x", DataType.String, "n"),
        Node(
            "StringNormalizer", "x", "y", Attributes.Text("case_change_action", action),
            Attributes.Text("locale", "C")),
        Value("y", DataType.String, "n"));

    private static ModelProto External()
    {
        var model = Scale(0);
        var factor = model.Graph.Initializer[0];
        factor.ClearRawData();
        factor.DataLocation = DataLocation.External;
        factor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "weights.bin" });
        return model;
    }

    private string Numbered()
    {
        Directory.CreateDirectory(_folder.In("numbered"));
        TensorFile.Write(new("", [1, 8], new float[8]), _folder.In("numbered/input_0.pb"));
        return _folder.In("numbered");
    }
}
