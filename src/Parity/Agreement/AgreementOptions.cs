namespace OnnxSentiment.Parity;

/// <summary>How two models are compared. Immutable.</summary>
public sealed record AgreementOptions
{
    /// <summary>Starts the random inputs.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// A folder of inputs to use in place of random ones, <c>.npy</c> or <c>.pb</c>, or of folders of such; null for
    /// none.
    /// </summary>
    public string? InputFolder { get; init; }

    /// <summary>What random inputs are given where their types and their use in the graph do not tell enough.</summary>
    public IReadOnlyList<InputRule> Inputs { get; init; } = [];

    /// <summary>Sizes of named dimensions; the others are tried at three.</summary>
    public IReadOnlyDictionary<string, long> Sizes { get; init; } = new Dictionary<string, long>();

    /// <summary>The absolute part of the tolerance; null for that of the files' precision.</summary>
    public double? AbsoluteTolerance { get; init; }

    /// <summary>The relative part of the tolerance; null for that of the files' precision.</summary>
    public double? RelativeTolerance { get; init; }

    /// <summary>How the checked model is run.</summary>
    public TensorRunnerOptions Run { get; init; } = new();

    /// <summary>How the model that it is checked against is run.</summary>
    public TensorRunnerOptions RunAgainst { get; init; } = new();

    /// <summary>Returns the options, or says which value cannot be.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is negative or no number.</exception>
    public AgreementOptions Validated()
    {
        Check(AbsoluteTolerance, nameof(AbsoluteTolerance));
        Check(RelativeTolerance, nameof(RelativeTolerance));
        return this;
    }

    private static void Check(double? tolerance, string name)
    {
        if (tolerance is { } value && !(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, "A tolerance is a number from 0.");
        }
    }
}
