using FsCheck;
using FsCheck.Fluent;

namespace OnnxSentiment.Runtime.Tests;

/// <summary>
/// Batches of ids from outside: every defect is refused, and neither neighbours nor padding change a result.
/// </summary>
public class ScorePropertyTests
{
    // Of the test model, whose ids are 0 to 49.
    private const int VocabularySize = 50;

    private static readonly Gen<long> Id = Gen.Choose(1, VocabularySize - 1).Select(id => (long)id);

    private static readonly Gen<long> AnyId = Gen.Frequency(
        (30, Id),
        (6, Gen.Constant(0L)),
        (1, Gen.Elements(-1, VocabularySize, long.MaxValue, long.MinValue, int.MaxValue + 1L, -1L << 32)));

    private SentimentModel _model = null!;

    [OneTimeSetUp]
    public void Load() => _model = TestModel.Load();

    [OneTimeTearDown]
    public void Free() => _model.Dispose();

    [Test]
    public void Score_NeighboursAndPadding_ChangeNothing() => Property.Holds(
        Gen.Zip(Gen.NonEmptyListOf(Gen.NonEmptyListOf(Id)), Gen.Choose(0, 20)),
        input =>
        {
            var texts = input.Item1.Select(text => text.ToArray()).ToArray();
            var length = texts.Max(text => text.Length) + input.Item2;
            var (logits, probabilities) = Score(
                [.. texts.SelectMany(text => text.Concat(new long[length - text.Length]))], length, texts.Length);
            return texts.Select((text, i) => Score(text, text.Length, 1) is var alone
                    && Math.Abs(alone.Logits[0] - logits[i]) <= TestModel.Tolerance
                    && Math.Abs(alone.Probabilities[0] - probabilities[i]) <= TestModel.Tolerance
                        ? null
                        : $"text {i} of {texts.Length} in rows of {length}: {logits[i]} instead of {alone.Logits[0]}")
                .FirstOrDefault(problem => problem is not null);
        },
        tests: 100);

    [Test]
    public void Score_AnyIdsAndSizes_ComputesOrThrowsArgumentException()
    {
        var (accepted, refused) = (0, 0);
        var batches =
            from ids in Gen.ArrayOf(AnyId)
            from length in Gen.Frequency(
                (4, Gen.Choose(1, Math.Max(1, ids.Length))),
                (1, Gen.Choose(-2, 3)),
                (1, Gen.Elements(int.MaxValue, int.MinValue)))
            from rows in Gen.Frequency((6, Gen.Constant(length > 0 ? ids.Length / length : 1)), (1, Gen.Choose(0, 4)))
            from probabilities in Gen.Frequency((9, Gen.Constant(rows)), (1, Gen.Choose(0, 4)))
            select (Ids: ids, Length: length, Rows: rows, Probabilities: probabilities);
        Property.Holds(
            batches,
            batch =>
            {
                var isSound = IsSound(batch.Ids, batch.Length, batch.Rows, batch.Probabilities);
                _ = isSound ? accepted++ : refused++;
                return Refuses(batch.Ids, batch.Length, batch.Rows, batch.Probabilities) == !isSound
                    ? null
                    : isSound ? "refused, although sound" : "not refused";
            },
            tests: 3_000);

        Assert.That(accepted, Is.GreaterThan(100), "sound batches occur");
        Assert.That(refused, Is.GreaterThan(100), "defects occur");
        Assert.That(Score([1, 5], 2, 1).Logits[0], Is.Not.NaN, "the model still computes");
    }

    // Written from the documentation, row by row and id by id.
    private static bool IsSound(long[] ids, int length, int rows, int probabilities)
    {
        if (length < 1 || rows < 1 || probabilities != rows || ids.Length != (long)rows * length)
        {
            return false;
        }

        return ids.Chunk(length).All(row =>
            row[0] != 0
            && row.All(id => id is >= 0 and < VocabularySize)
            && row.SkipWhile(id => id != 0).All(id => id == 0));
    }

    private bool Refuses(long[] ids, int length, int rows, int probabilities)
    {
        try
        {
            _model.Score(ids, length, new float[rows], new float[probabilities]);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private (float[] Logits, float[] Probabilities) Score(long[] ids, int length, int rows)
    {
        var (logits, probabilities) = (new float[rows], new float[rows]);
        _model.Score(ids, length, logits, probabilities);
        return (logits, probabilities);
    }
}
