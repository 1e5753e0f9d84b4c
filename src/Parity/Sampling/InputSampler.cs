using System.Text.RegularExpressions;
using OnnxSentiment.Core;
using OnnxSentiment.Onnx;
using static OnnxSentiment.Onnx.Proto.TensorProto.Types;

namespace OnnxSentiment.Parity;

/// <summary>
/// Seeded random inputs for two files, from what both declare, from what their graphs do with them, and from what the
/// caller knows better. The same arguments give the same inputs. Not thread-safe.
/// </summary>
internal sealed partial class InputSampler
{
    // Of one input: 200 MB in single precision.
    private const long MostElements = 50_000_000;
    private const string Actual = "actual", Expected = "expected";

    private readonly IReadOnlyList<InputPair> _pairs;
    private readonly IReadOnlyDictionary<string, InputRule> _rules;
    private readonly Dictionary<InputPair, NamedTensor> _files = [];
    private readonly Dictionary<InputPair, string[]> _classes = [];
    private readonly Dictionary<InputPair, InputRole> _roles = [];
    private readonly Dictionary<InputPair, ValueSource> _sources = [];
    private readonly List<(string Input, string Message)> _unequalTables = [];
    private readonly SizeClasses _sizes = new();
    private readonly int _seed;

    /// <exception cref="InvalidInputException">A rule or a size fits no input, or sizes contradict each
    /// other.</exception>
    internal InputSampler(
        IReadOnlyList<InputPair> pairs, GraphScope actual, GraphScope expected, SamplingOptions options)
    {
        _pairs = pairs;
        _seed = options.Seed;
        _rules = ByName(options.Rules);
        foreach (var pair in pairs)
        {
            ReadFile(pair);
            _classes[pair] = Classify(pair);
            AddRole(
                pair,
                pair.Actual is null ? new() : InputRoles.Of(actual, pair.Actual.Name),
                pair.Expected is null ? new() : InputRoles.Of(expected, pair.Expected.Name));
        }

        foreach (var (name, size) in options.Sizes)
        {
            if (!_sizes.FixNamed(name, size, "--size"))
            {
                throw new InvalidInputException(
                    $"No input has a dimension '{name}', whose size was given; there are {List(OpenNames())}.");
            }
        }
    }

    /// <summary>The inputs that pick from tables of different lengths in the two files, a sentence each.</summary>
    internal IEnumerable<(string Input, string Message)> UnequalTables => _unequalTables;

    /// <summary>The plans of sizes, by class.</summary>
    internal IEnumerable<IReadOnlyDictionary<string, long>> Plans() => SizePlans.For(Open());

    /// <summary>The inputs of a plan; null where one would be too large.</summary>
    /// <param name="plan">The size of each open class.</param>
    /// <param name="index">The plan's number, which varies the seed.</param>
    internal InputSet? Sample(IReadOnlyDictionary<string, long> plan, int index)
    {
        var shapes = _pairs.ToDictionary(pair => pair, pair => ShapeOf(pair, plan));
        if (shapes.Values.Any(shape => shape.Aggregate(1.0, (count, size) => count * size) > MostElements))
        {
            return null;
        }

        var random = new Random(_seed + index);
        List<NamedTensor> actual = [], expected = [];
        foreach (var pair in _pairs)
        {
            var tensor = _files.GetValueOrDefault(pair) ?? Draw(pair, shapes, random);
            Add(actual, pair.Actual, tensor);
            Add(expected, pair.Expected, tensor);
        }

        var sizes = string.Concat(plan.Select(size => $"{_sizes.NameOf(size.Key)}={size.Value}, "));
        return new($"random inputs, {sizes}seed {_seed + index}", actual, expected);
    }

    private static void Add(List<NamedTensor> inputs, GraphInput? input, NamedTensor tensor)
    {
        if (input is not null)
        {
            inputs.Add(TensorValues.Convert(tensor, input.Name, input.Element));
        }
    }

    private void AddRole(InputPair pair, InputRole a, InputRole b)
    {
        _roles[pair] = new()
        {
            Rows = a.Rows is null || b.Rows < a.Rows ? b.Rows ?? a.Rows : a.Rows,
            IsLength = a.IsLength || b.IsLength,
            IsMask = a.IsMask || b.IsMask,
            IsSize = a.IsSize || b.IsSize,
            Choices = [.. a.Choices.Union(b.Choices)],
        };
        if (a.Rows is { } actual && b.Rows is { } expected && actual != expected)
        {
            _unequalTables.Add((
                pair.Any.Name,
                $"It picks from {actual} rows in one file and from {expected} in the other: ids from " +
                $"{Math.Min(actual, expected)} on exist in one file alone and were not compared."));
        }

        if (_roles[pair].Rows is { } rows)
        {
            var first = TableRows.MostDifferent(a.Table, b.Table).Where(row => row < rows);
            _sources[pair] = new IdSource(rows, [.. first]);
        }
        else if (pair.Element == DataType.String)
        {
            _sources[pair] = new WordSource();
        }
    }

    private Dictionary<string, InputRule> ByName(IReadOnlyList<InputRule> rules)
    {
        var known = _pairs.SelectMany(pair => (string?[])[pair.Actual?.Name, pair.Expected?.Name]).OfType<string>();
        foreach (var rule in rules)
        {
            if (!known.Contains(rule.Name))
            {
                throw new InvalidInputException(
                    $"There is no input '{rule.Name}', which --input names; the inputs are " +
                    $"{List(known.Distinct())}.");
            }
        }

        return rules.GroupBy(rule => rule.Name).ToDictionary(group => group.Key, group => group.Count() == 1
            ? group.Single()
            : throw new InvalidInputException($"--input names '{group.Key}' {group.Count()} times; give it once."));
    }

    private static string List(IEnumerable<string> names) =>
        names.Any() ? string.Join(", ", names.Select(name => $"'{name}'")) : "none";

    private InputRule? RuleOf(InputPair pair) =>
        _rules.GetValueOrDefault(pair.Actual?.Name ?? "") ?? _rules.GetValueOrDefault(pair.Expected?.Name ?? "");

    private void ReadFile(InputPair pair)
    {
        if (RuleOf(pair)?.File is { } file)
        {
            _files[pair] = file.EndsWith(".npy", StringComparison.Ordinal) ? NpyFile.Read(file) : TensorFile.Read(file);
        }
    }

    private string[] Classify(InputPair pair)
    {
        var file = _files.GetValueOrDefault(pair);
        var rule = RuleOf(pair)?.Shape ?? file?.Shape.Select(size => (Dimension)size).ToArray();
        (string, GraphInput?, IReadOnlyList<Dimension>?)[] shapes =
        [
            (Actual, pair.Actual, pair.Actual?.Shape), (Expected, pair.Expected, pair.Expected?.Shape),
            ("--input", pair.Any, rule),
        ];
        string[]? classes = null;
        foreach (var (scope, input, shape) in shapes.Where(shape => shape.Item3 is not null))
        {
            string[] added = [.. shape!.Select((dimension, axis) => _sizes.Add(scope, dimension, input!.Name, axis))];
            classes ??= added;
            if (classes.Length != added.Length)
            {
                throw new InvalidInputException(
                    $"The input {pair.Any} has {classes.Length} dimensions, but --input gives it {added.Length}.");
            }

            foreach (var (first, second) in classes.Zip(added))
            {
                _sizes.Join(first, second);
            }
        }

        return classes ?? throw new InvalidInputException(
            $"The input {pair.Any} declares no shape: give one with --input {pair.Any.Name}=[1,3,224,224].");
    }

    private string[] Open() =>
        [.. _pairs.SelectMany(pair => _classes[pair]).Select(_sizes.Of).Where(size => size.Size is null)
            .Select(size => size.Class).Distinct()];

    private IEnumerable<string> OpenNames() => Open().Select(_sizes.NameOf);

    private long[] ShapeOf(InputPair pair, IReadOnlyDictionary<string, long> plan) =>
        [.. _classes[pair].Select(_sizes.Of).Select(size => size.Size ?? plan[size.Class])];

    private NamedTensor Draw(InputPair pair, Dictionary<InputPair, long[]> shapes, Random random)
    {
        var (shape, name, type) = (shapes[pair], pair.Any.Name, pair.Element);
        var source = SourceOf(pair, shapes);
        if (type == DataType.String)
        {
            return new(name, shape, source.DrawTexts(random, shape));
        }

        var numbers = source.Draw(random, shape, isInteger: !TensorValues.IsReal(type));
        if (TensorValues.IsInteger(type))
        {
            var (lowest, highest) = TensorValues.RangeOf(type);
            numbers = Array.ConvertAll(numbers, number => Math.Clamp(number, lowest, highest));
        }

        return new(name, shape, TensorValues.Create(type, numbers)!);
    }

    private ValueSource SourceOf(InputPair pair, Dictionary<InputPair, long[]> shapes)
    {
        if ((RuleOf(pair)?.Values ?? _sources.GetValueOrDefault(pair)) is { } known)
        {
            return known;
        }

        var (role, type) = (_roles[pair], pair.Element);

        if (type == DataType.Bool || role.IsMask || IsNamed(pair, "mask"))
        {
            return ValueSource.Mask;
        }

        return TensorValues.IsReal(type) ? ValueSource.Normal
            : role.IsLength || IsNamed(pair, "len", "length") ? ValueSource.Lengths(LongestOf(pair, shapes))
            : role.Choices.Count > 0 ? ValueSource.OneOf([.. role.Choices.Select(choice => $"{choice}")])
            : role.IsSize ? ValueSource.Range(1, 3)
            : type is DataType.Uint8 ? ValueSource.Range(0, byte.MaxValue)
            : type is DataType.Int8 ? ValueSource.Range(sbyte.MinValue, sbyte.MaxValue)
            : ValueSource.Range(0, 9);
    }

    // Ends of words, in the plural too: an unmasked_audio is no mask, and a calendar_day no length.
    private static bool IsNamed(InputPair pair, params string[] ends) =>
        ((string?[])[pair.Actual?.Name, pair.Expected?.Name]).OfType<string>()
            .SelectMany(name => Word().Matches(name)).Select(word => word.Value.ToLowerInvariant().TrimEnd('s'))
            .Any(word => ends.Any(end => word.EndsWith(end, StringComparison.Ordinal)));

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Word();

    // The first dimension of another input that is not one of the lengths' own.
    private long LongestOf(InputPair lengths, Dictionary<InputPair, long[]> shapes)
    {
        var own = _classes[lengths].Select(key => _sizes.Of(key).Class).ToHashSet(StringComparer.Ordinal);
        foreach (var pair in _pairs.Where(pair => pair != lengths))
        {
            foreach (var (axis, key) in _classes[pair].Index())
            {
                if (!own.Contains(_sizes.Of(key).Class))
                {
                    return Math.Max(1, shapes[pair][axis]);
                }
            }
        }

        return 1;
    }
}
