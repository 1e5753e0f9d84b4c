using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// Datasets in .csv, .tsv and .jsonl: one file, whose records may name their split, or a folder with one for each.
/// </summary>
internal static class LabeledRecords
{
    private const string SplitField = "split";
    private const string Train = "train";
    private const string Test = "test";

    public static readonly DatasetSource File = new(
        "a .csv, .tsv or .jsonl file with the columns text and label, and split (train or test) where it holds both",
        path => System.IO.File.Exists(path) && RecordFile.HasLabeledEnding(path),
        ReadFile);

    public static readonly DatasetSource Folder = new(
        "a folder with train.csv, train.tsv or train.jsonl, and test.… likewise",
        path => Candidates(path, Train).Any(),
        ReadFolder);

    private static SplitTexts ReadFile(string path, DatasetOptions options, CancellationToken cancellationToken)
    {
        var train = new List<LabeledText>();
        var test = new List<LabeledText>();
        foreach (var record in Records(path, options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            (IsTest(record) ? test : train).Add(ToText(record, options));
        }

        return new SplitTexts(train, test, []);
    }

    private static SplitTexts ReadFolder(string path, DatasetOptions options, CancellationToken cancellationToken)
    {
        return new SplitTexts(ReadSplit(Train), ReadSplit(Test), []);

        List<LabeledText> ReadSplit(string split)
        {
            var files = Candidates(path, split).ToList();
            return files.Count <= 1
                ? [.. files.SelectMany(file => Records(file, options)).Select(ToTextUnlessCancelled)]
                : throw new InvalidInputException(
                    $"The folder '{path}' holds {string.Join(" and ", files.Select(Path.GetFileName))}, but one " +
                    $"file for each split was expected: move the others away.");
        }

        LabeledText ToTextUnlessCancelled(FieldRecord record)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return ToText(record, options);
        }
    }

    private static IEnumerable<FieldRecord> Records(string path, DatasetOptions options) =>
        RecordFile.Read(path, [options.TextColumn, options.LabelColumn]);

    private static LabeledText ToText(FieldRecord record, DatasetOptions options) =>
        new(record.Text(options.TextColumn), record.Label(options.LabelColumn), record.Place);

    private static bool IsTest(FieldRecord record)
    {
        if (!record.Fields.ContainsKey(SplitField))
        {
            return false;
        }

        var split = record.Label(SplitField);
        var isTest = split.Equals(Test, StringComparison.OrdinalIgnoreCase);
        return isTest || split.Equals(Train, StringComparison.OrdinalIgnoreCase)
            ? isTest
            : throw new InvalidInputException(
                $"{record.Place}: '{SplitField}' is '{split}', but {Train} or {Test} was expected: a part of the " +
                $"train texts is set aside for validation later.");
    }

    private static IEnumerable<string> Candidates(string folder, string split) =>
        RecordFile.LabeledEndings.Select(ending => Path.Combine(folder, split + ending)).Where(System.IO.File.Exists);
}
