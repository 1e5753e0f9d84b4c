using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using OnnxSentiment.Trainer;

namespace OnnxSentiment.Parity.Tests;

/// <summary>
/// The other way round: a checkpoint that PyTorch wrote exports, verifies, and is what PyTorch computes.
/// </summary>
[Category("Outside")]
public sealed class TorchCheckpointTests
{
    private const double Tolerance = 1e-5;

    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("torch-checkpoint-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("lstm", 1, true, "last")]
    [TestCase("lstm", 3, true, "attention")]
    [TestCase("gru", 2, false, "max_mean")]
    [TestCase("gru", 1, true, "mean")]
    [TestCase("rnn", 1, false, "max")]
    [TestCase("rnn", 4, true, "last")]
    public void Export_CheckpointOfPyTorch_VerifiesAndAgreesWithPyTorch(
        string cell, int layers, bool bidirectional, string readout)
    {
        var torch = OutsideTool.PyTorch;
        torch.Require();
        var folder = Path.Combine(_folder, "checkpoint");
        string[] arguments = [folder, cell, $"{layers}", bidirectional ? "true" : "false", readout, "7"];
        var (exitCode, output, error) = torch.Start(arguments, "write_checkpoint.py");
        Assert.That(exitCode, Is.Zero, output + error);

        var checkpoint = Checkpoint.Load(folder);
        var model = Path.Combine(_folder, "model.onnx");
        Computations.Export(checkpoint, model);
        using (var trained = TrainedModel.Load(checkpoint))
        using (var check = new ParityCheck(model, checkpoint, [Computations.TorchSharp(trained)]))
        {
            Assert.That(check.CompareMetadata(), Is.Empty);
            foreach (var report in check.CompareStored().Concat(check.CompareRandom(seed: 7)))
            {
                Assert.That(report.Passed, $"{report.Inputs}: {report.ToText()}");
            }
        }

        var result = torch.Run([_folder]).Values.Single();
        torch.Record(ParityLog.OtherWay, $"{ParityLog.RowOf(checkpoint.Config.Model)}, {readout}", result, Tolerance);
    }
}
