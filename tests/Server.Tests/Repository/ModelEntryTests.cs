using Microsoft.Extensions.Logging.Abstractions;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Server.Tests;

/// <summary>How often a version is loaded, look by look.</summary>
[Parallelizable]
public class ModelEntryTests
{
    private TestRepository _repository = null!;
    private ModelEntry _entry = null!;
    private Exception? _error;
    private int _loads;

    [SetUp]
    public void Create()
    {
        _repository = new TestRepository().Add();
        var options = new ModelsOptions { Repository = _repository.Root, SettleTime = TimeSpan.Zero };
        var loader = new VersionLoader(
            options, new BatchingSettings(), TimeProvider.System, NullLoggerFactory.Instance);
        _entry = new ModelEntry(
            TestRepository.Name, options, (name, folder) => Load(loader, name, folder), TimeProvider.System,
            NullLogger.Instance);
        _error = null;
        _loads = 0;
    }

    [TearDown]
    public void Delete()
    {
        _entry.Unload();
        _repository.Dispose();
    }

    private static IEnumerable<Exception?> Lasting()
    {
        yield return null;
        yield return new FileNotFoundException();
        yield return new DirectoryNotFoundException();
    }

    [TestCaseSource(nameof(Lasting))]
    public void Update_RefusedForWhatStays_IsTriedAgainWhenAFileChanges(Exception? cause)
    {
        _error = new InvalidInputException("It cannot be used.", cause!);
        Look();
        Look();
        Assert.That((_loads, _entry.Served), Is.EqualTo((1, Array.Empty<ModelVersion>())));

        _error = null;
        _repository.Add(seed: 5);
        Look();

        Assert.That((_loads, _entry.Served.Count), Is.EqualTo((2, 1)));
    }

    private static IEnumerable<Exception> Passing()
    {
        yield return new IOException("Somebody writes it.");
        yield return new UnauthorizedAccessException("Nobody else may read it.");
    }

    [TestCaseSource(nameof(Passing))]
    public void Update_RefusedForWhatMayPass_IsTriedAgain(Exception cause)
    {
        _error = new InvalidInputException("It cannot be read.", cause);
        Look();
        _error = null;

        Look();

        Assert.That((_loads, _entry.Served.Count), Is.EqualTo((2, 1)));
    }

    [TestCase("output_1.pb", false)]
    [TestCase("output_1.pb", true)]
    [TestCase("input_0.pb", true)]
    public void Update_TestDataMissingOrDamaged_IsLoadedOnce(string file, bool isThere)
    {
        _repository.AddTestData();
        var path = Path.Combine(_repository.Folder(), TestDataSet.FolderName(0), file);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^3]);
        if (!isThere)
        {
            File.Delete(path);
        }

        Look();
        Look();

        Assert.That(_loads, Is.EqualTo(1));
        Assert.That(_entry.States()[0].Reason, Does.Contain(file));
    }

    [Test]
    public void Update_MoreThanTheMemoryHolds_IsRefused()
    {
        _error = new OutOfMemoryException("Too large.");

        Look();

        Assert.That(_entry.States()[0].Reason, Does.Contain("OutOfMemoryException: Too large."));
    }

    [Test]
    public void Update_LinkWhoseTargetChanges_LoadsItAgain()
    {
        var target = Path.Combine(_repository.Root, "model.bytes");
        File.Move(_repository.ModelFile(), target);
        File.CreateSymbolicLink(_repository.ModelFile(), target);
        Look();
        Look();
        Assert.That(_loads, Is.EqualTo(1));

        File.SetLastWriteTimeUtc(target, File.GetLastWriteTimeUtc(target).AddSeconds(-1));
        Look();

        Assert.That(_loads, Is.EqualTo(2));
    }

    [Test]
    public void Update_LinkThatLeadsNowhere_DisturbsNobody()
    {
        File.CreateSymbolicLink(Path.Combine(_repository.Folder(), "README"), "nowhere");

        Look();

        Assert.That(_entry.Served, Has.Count.EqualTo(1));
    }

    [Test]
    public void Load_SeemsUnchanged_IsLoadedAgain()
    {
        Look();
        var before = _entry.Served.Single();

        _entry.Load(Folders());

        Assert.That(_loads, Is.EqualTo(2));
        Assert.That(_entry.Served.Single(), Is.Not.SameAs(before));
        Assert.That(before.TryLease(), Is.Null, "it is freed");
    }

    private void Look() => _entry.Update(Folders(), waitForCopies: false);

    private IReadOnlyList<VersionFolder> Folders() =>
        VersionFolder.Versions(Path.Combine(_repository.Root, TestRepository.Name));

    private ModelVersion Load(VersionLoader loader, string name, VersionFolder folder)
    {
        _loads++;
        return _error is null ? loader.Load(name, folder) : throw _error;
    }
}
