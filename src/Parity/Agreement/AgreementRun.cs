using System.Globalization;
using OnnxSentiment.Onnx;

namespace OnnxSentiment.Parity;

/// <summary>
/// Runs a model on sets of inputs, compares its outputs with what is expected of them, and notes a check each. Not
/// thread-safe.
/// </summary>
internal sealed class AgreementRun(LoadedModel model, string against, Tolerance tolerance)
{
    private readonly ValueComparer _comparer = new(tolerance, model.Name, against);
    private readonly ValueComparer _repetition = new(tolerance, "the first run", "the second");
    private readonly DeclaredTypes _declared = new(model.Model.Graph);
    private readonly List<CheckResult> _checks = [];
    private bool _hasCompared;

    /// <summary>What was checked so far.</summary>
    internal IReadOnlyList<CheckResult> Checks => _checks;

    /// <summary>The first inputs on which outputs differ.</summary>
    internal InputSet? FirstFailing { get; private set; }

    internal void Note(CheckResult check) => _checks.Add(check);

    /// <summary>Notes a failure if no output could be compared: nothing that differs is not yet agreement.</summary>
    internal void RequireComparison()
    {
        if (!_hasCompared)
        {
            Note(new CheckResult
            {
                Group = "comparison",
                Name = "outputs",
                Outcome = CheckOutcome.Failed,
                Message = "No output has a finite number, so that nothing was compared: give inputs on which it has.",
            });
        }
    }

    /// <summary>Compares the outputs of one run.</summary>
    /// <param name="inputs">What both are given.</param>
    /// <param name="expected">What is expected, under the names that the pairs have.</param>
    /// <param name="outputs">Which outputs belong together.</param>
    internal void Compare(InputSet inputs, IReadOnlyList<NamedTensor> expected, OutputPairs outputs)
    {
        var found = Run(inputs);
        if (found is null)
        {
            return;
        }

        NoteUnpaired(inputs.Name, outputs);
        foreach (var (name, other) in outputs.Pairs)
        {
            var actual = found.First(output => output.Name == name);
            Compare(inputs, actual, expected.First(output => output.Name == other));
        }

        CheckDeclarations(inputs, found);
        Repeat(inputs, found);
    }

    // The other file computes these inputs, so this one has to.
    private IReadOnlyList<NamedTensor>? Run(InputSet inputs)
    {
        try
        {
            return model.Run(inputs.Actual);
        }
        catch (InvalidOperationException e)
        {
            Note(new CheckResult
            {
                Group = inputs.Name,
                Name = "run",
                Outcome = CheckOutcome.Failed,
                Message = $"{model.Name} cannot be run on what {against} takes: {e.Message}",
            });
            _hasCompared = true;
            return null;
        }
    }

    private void NoteUnpaired(string group, OutputPairs outputs)
    {
        foreach (var name in outputs.Missing)
        {
            Note(new CheckResult
            {
                Group = group,
                Name = name,
                Outcome = CheckOutcome.Failed,
                Message = $"{against} has the output '{name}', but {model.Name} has none that matches by name or " +
                    "position.",
            });
        }

        foreach (var name in outputs.Extra)
        {
            Note(new CheckResult
            {
                Group = group,
                Name = name,
                Outcome = CheckOutcome.Skipped,
                Message = $"{against} has no output '{name}' to compare with.",
            });
        }
    }

    private void Compare(InputSet inputs, NamedTensor actual, NamedTensor expected)
    {
        var comparison = _comparer.Compare(actual, expected);
        var spread = ValueComparer.SpreadOf(actual, expected);
        var hasNumbers = spread is null || spread.NotFinite < spread.Count || !comparison.Passed;
        _hasCompared |= hasNumbers;
        if (!comparison.Passed)
        {
            FirstFailing ??= inputs;
        }

        Note(new CheckResult
        {
            Group = inputs.Name,
            Name = actual.Name,
            Outcome = !comparison.Passed ? CheckOutcome.Failed
                : hasNumbers ? CheckOutcome.Passed : CheckOutcome.Skipped,
            Message = comparison.Difference is { } difference ? $"{Sentence(difference)}{OptionsOf(comparison)}"
                : !hasNumbers ? "It has no finite number, so that nothing was compared."
                : spread is null ? "All strings are equal." : Summary(actual, spread),
            Details = comparison.Passed || spread is null ? "" : $"{Summary(actual, spread)}\n{spread.ToText()}",
            Measurements = spread is null ? [] :
            [
                new("largest absolute difference", spread.Largest),
                new("mean absolute difference", spread.Mean),
                new("99.9th percentile of absolute differences", spread.Percentile999),
            ],
        });
    }

    private static string Sentence(string difference) => $"{char.ToUpperInvariant(difference[0])}{difference[1..]}.";

    private static string OptionsOf(TensorComparison comparison) =>
        comparison.IsBeyondTolerance ? " --absolute-tolerance and --relative-tolerance change what is allowed." : "";

    private static string Summary(NamedTensor actual, DifferenceSpread spread) => string.Create(
        CultureInfo.InvariantCulture,
        $"{actual.TypeName} [{string.Join(", ", actual.Shape)}]: differences up to {spread.Largest:0.0e+0}, " +
        $"mean {spread.Mean:0.0e+0}, 99.9 % up to {spread.Percentile999:0.0e+0}");

    private void CheckDeclarations(InputSet inputs, IReadOnlyList<NamedTensor> outputs)
    {
        var wrong = _declared.FirstDifference(outputs.Select(TensorInfo.Of), _declared.SizesOf(inputs.Actual));
        Note(new CheckResult
        {
            Group = inputs.Name,
            Name = "declared types and shapes",
            Outcome = wrong is null ? CheckOutcome.Passed : CheckOutcome.Failed,
            Message = wrong is null
                ? "All outputs are as they are declared."
                : $"The output '{wrong.Value}' of {model.Name} is {wrong.Description}.",
        });
    }

    private void Repeat(InputSet inputs, IReadOnlyList<NamedTensor> first)
    {
        var second = model.Run(inputs.Actual);
        var differing = first.Zip(second)
            .Select(pair => (pair.First.Name, _repetition.Compare(pair.First, pair.Second).Difference))
            .FirstOrDefault(pair => pair.Difference is not null);
        Note(new CheckResult
        {
            Group = inputs.Name,
            Name = "second run",
            Outcome = differing.Difference is null ? CheckOutcome.Passed : CheckOutcome.Failed,
            Message = differing.Difference is null
                ? "A second run on the same inputs returns the same."
                : $"Two runs of {model.Name} on the same inputs differ in '{differing.Name}', " +
                    $"where {differing.Difference}. " +
                    "Does it draw random numbers, or was it exported in training mode?",
        });
    }
}
