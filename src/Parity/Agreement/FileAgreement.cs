using OnnxSentiment.Core;

namespace OnnxSentiment.Parity;

/// <summary>Compares two files on the same inputs.</summary>
internal sealed class FileAgreement
{
    private readonly LoadedModel _actual;
    private readonly LoadedModel _expected;
    private readonly AgreementOptions _options;
    private readonly IReadOnlyList<InputPair> _inputs;
    private readonly OutputPairs _outputs;
    private readonly Tolerance _tolerance;
    private readonly AgreementRun _run;
    private string _refusal = "";

    internal FileAgreement(LoadedModel actual, LoadedModel expected, AgreementOptions options)
    {
        (_actual, _expected, _options) = (actual, expected, options);
        _inputs = InputPair.Match(actual.Inputs, expected.Inputs, actual.Name, expected.Name);
        _outputs = OutputPairs.Match(actual.Outputs, expected.Outputs);
        _tolerance = ModelAgreement.ToleranceOf(
            options, (TensorPrecision)Math.Max((int)actual.Precision, (int)expected.Precision));
        _run = new AgreementRun(actual, expected.Name, _tolerance);
    }

    internal AgreementReport Run(CheckReport head, CancellationToken cancellation)
    {
        if (_options.InputFolder is { } folder)
        {
            RunGiven(folder, cancellation);
        }
        else
        {
            RunRandom(cancellation);
        }

        _run.RequireComparison();
        var first = _run.FirstFailing is { } failing ? Locate(failing, cancellation) : null;
        return new AgreementReport { FirstDifference = first, Checks = head with { Checks = [.. _run.Checks] } };
    }

    private void RunGiven(string folder, CancellationToken cancellation)
    {
        foreach (var (name, tensors) in InputFolder.Read(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            var inputs = new InputSet(
                $"inputs {name}", InputFolder.Bind(_actual.Inputs, tensors, name, _actual.Name),
                InputFolder.Bind(_expected.Inputs, tensors, name, _expected.Name));
            if (!TryCompare(inputs))
            {
                throw new InvalidInputException($"{_expected.Name} cannot be run on the inputs '{name}': {_refusal}");
            }
        }
    }

    private void RunRandom(CancellationToken cancellation)
    {
        var sampler = new InputSampler(
            _inputs, _actual.Scope, _expected.Scope, new(_options.Seed, _options.Inputs, _options.Sizes));
        foreach (var (input, message) in sampler.UnequalTables)
        {
            _run.Note(new CheckResult
            {
                Group = "tables",
                Name = input,
                Outcome = CheckOutcome.Skipped,
                Message = message,
            });
        }

        var done = 0;
        foreach (var (index, plan) in sampler.Plans().Index())
        {
            cancellation.ThrowIfCancellationRequested();
            if (done < SizePlans.Wanted && sampler.Sample(plan, index) is { } inputs && TryCompare(inputs))
            {
                done++;
            }
        }

        if (done == 0)
        {
            throw new InvalidInputException(
                $"Nothing was compared: {_expected.Name} runs on none of the random inputs that were tried. " +
                $"{_refusal} Say with --input what an input takes, or give inputs with --inputs.");
        }
    }

    // It may refuse: a window that is larger than the data, for instance, has no place in it.
    private bool TryCompare(InputSet inputs)
    {
        try
        {
            var expected = _expected.Run(inputs.Expected);
            _run.Compare(inputs, expected, _outputs);
            return true;
        }
        catch (InvalidOperationException e)
        {
            _refusal = e.Message;
            return false;
        }
        catch (NotSupportedException e)
        {
            throw new InvalidInputException(e.Message, e);
        }
    }

    private (FirstDifference? First, string WhyNot) Find(InputSet failing, CancellationToken cancellation)
    {
        try
        {
            var actual = WatchedGraph.Of(_actual, failing.Actual);
            var expected = WatchedGraph.Of(_expected, failing.Expected);
            var pairs = ValuePairs.Match(actual.Scope, expected.Scope, _inputs, _outputs.Pairs);
            var comparer = new ValueComparer(_tolerance, _actual.Name, _expected.Name);
            return new DifferenceFinder(actual, expected, pairs, comparer).Find(failing, cancellation);
        }
        catch (Exception e) when (e is InvalidInputException or InvalidOperationException)
        {
            return (null, $"The values inside the graphs cannot be compared: {e.Message}");
        }
    }

    private FirstDifference? Locate(InputSet failing, CancellationToken cancellation)
    {
        var (first, whyNot) = Find(failing, cancellation);
        _run.Note(new CheckResult
        {
            Group = "first difference",
            Name = first?.Value ?? "not found",
            Outcome = first is null ? CheckOutcome.Skipped : CheckOutcome.Failed,
            Message = first is null ? whyNot : first.Description.Split('\n')[0],
            Details = first is null ? "" : string.Join('\n', first.Description.Split('\n').Skip(1)),
        });
        return first;
    }
}
