using OnnxSentiment.Core;

namespace OnnxSentiment.Comparison.Tests;

public class ComparisonPlanTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("plan-tests-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Create_EveryValue_IsInThePlan()
    {
        var plan = ComparisonPlan.Create(
            _folder + "/", ["gru", "bag"], seeds: 3, epochs: 4, ["seed=7", "hidden_size=5"]);
        Assert.That(plan.Folder, Is.EqualTo(_folder));
        Assert.That(plan.Variants.Select(variant => variant.Name), Is.EqualTo(["bag", "gru"]));
        Assert.That(plan.Seeds, Is.EqualTo([7, 8, 9]));
        Assert.That((plan.Recipe.Training.Epochs, plan.Recipe.Model.HiddenSize), Is.EqualTo((4, 5)));
    }

    [Test]
    public void Create_SeedsBeyondTheLargestNumber_NamesTheFirst() => Assert.That(
        () => ComparisonPlan.Create(_folder, [], seeds: 2, epochs: null, ["seed=2147483647"]),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains("seed").And.Message.Contains("2147483647"));

    [TestCase(0)]
    [TestCase(101)]
    public void Create_SeedsOutOfRange_NamesOptionAndValue(int seeds) => Assert.That(
        () => ComparisonPlan.Create(_folder, [], seeds, epochs: null, []),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains("--seeds").And.Message.Contains($"{seeds}"));

    [TestCase("cell=gru", "cell")]
    [TestCase(" readout = max", "readout")]
    public void Create_SettingThatTheVariantDecides_IsRefused(string assignment, string name) => Assert.That(
        () => ComparisonPlan.Create(_folder, [], seeds: 1, epochs: null, [assignment]),
        Throws.TypeOf<InvalidInputException>().With.Message.Contains(name).And.Message.Contains("--models"));

    [Test]
    public void Open_SamePlanResumed_IsAccepted()
    {
        Plan(epochs: 1).Open("hash", resume: false);
        Assert.That(() => Plan(epochs: 1).Open("hash", resume: true), Throws.Nothing);
        Assert.That(
            () => Plan(epochs: 1).Open("hash", resume: false),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("--resume"));
    }

    [TestCase(2, "hash", "epochs was 1 and is 2")]
    [TestCase(1, "other", "data_sha256 was hash and is other")]
    public void Open_OtherPlanResumed_NamesWhatDiffers(int epochs, string hash, string expected)
    {
        Plan(epochs: 1).Open("hash", resume: false);
        Assert.That(
            () => Plan(epochs).Open(hash, resume: true),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains(expected));
    }

    [Test]
    public void Open_PlanWithASettingThatIsNoneAnyMore_NamesIt()
    {
        Plan(epochs: 1).Open("hash", resume: false);
        var path = Path.Combine(_folder, "plan.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"epochs\"", "\"laps\": \"3\", \"epochs\""));
        Assert.That(
            () => Plan(epochs: 1).Open("hash", resume: true),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("laps was 3"));
    }

    [Test]
    public void Open_DamagedPlan_NamesTheFile()
    {
        File.WriteAllText(Path.Combine(_folder, "plan.json"), "{");
        Assert.That(
            () => Plan(epochs: 1).Open("hash", resume: true),
            Throws.TypeOf<InvalidInputException>().With.Message.Contains("plan.json"));
    }

    private ComparisonPlan Plan(int epochs) => ComparisonPlan.Create(_folder, ["bag"], seeds: 1, epochs, []);
}
