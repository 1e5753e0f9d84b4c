using OnnxSentiment.Core;

namespace OnnxSentiment.Server;

/// <summary>Reads the inputs of a request, or says what is wrong with them; nothing of their values is told.</summary>
internal static class InputTensors
{
    private const int ShownDimensions = 8;

    /// <summary>
    /// A tensor whose values fill its shape; of a type that no model takes, they are left to <see cref="Only"/>.
    /// </summary>
    /// <exception cref="RequestException">There are more or fewer values than the shape asks for.</exception>
    public static InferenceTensor Create(string name, string datatype, IReadOnlyList<long> shape, Array values)
    {
        var expected = shape.Aggregate(
            (Int128)1, (product, length) => length < 0 ? -1 : Int128.Min(product * length, long.MaxValue));
        return values is byte[] || expected == values.Length
            ? new(name, datatype, shape, values)
            : throw RequestException.Invalid(
                $"input {ModelNames.Shown(name)} has {values.Length} values, but its shape {Shown(shape)} asks for "
                + "another number");
    }

    /// <summary>The one input of a request, of the model's name, type and rank.</summary>
    /// <exception cref="RequestException">It is another one, or there are more.</exception>
    public static InferenceTensor Only(ModelVersion version, IReadOnlyList<InferenceTensor> inputs)
    {
        if (inputs is not [var input])
        {
            throw RequestException.Invalid(
                $"expected 1 input but got {inputs.Count} inputs for model '{version.Name}': give "
                + Choice(version));
        }

        var signature = version.Signature.Inputs.FirstOrDefault(tensor => tensor.Name == input.Name)
            ?? throw RequestException.Invalid(
                $"unexpected inference input {ModelNames.Shown(input.Name)} for model '{version.Name}': give "
                + Choice(version));
        if (input.Datatype != signature.Datatype)
        {
            throw RequestException.Invalid(
                $"inference input '{input.Name}' data-type is {ModelNames.Shown(input.Datatype)}, but model "
                + $"'{version.Name}' expects '{signature.Datatype}'");
        }

        return HasRank(input)
            ? input
            : throw RequestException.Invalid(
                $"unexpected shape for input '{input.Name}' for model '{version.Name}'. Expected "
                + $"{Expected(input.Name)}, got {Shown(input.Shape)}");
    }

    /// <summary>The texts of an input <c>text</c>.</summary>
    public static string[] Texts(ModelVersion version, InferenceTensor input) =>
        input.Values as string[] ?? throw NoValues(version, input);

    /// <summary>The rows of an input <c>input_ids</c>.</summary>
    /// <exception cref="RequestException">An id is not in the vocabulary, or padding is not on the right.</exception>
    public static TokenBatch Batch(ModelVersion version, InferenceTensor input)
    {
        var ids = input.Values as long[] ?? throw NoValues(version, input);
        var known = version.Model.Metadata.Vocabulary.Count;
        if (ids.AsSpan().ContainsAnyExceptInRange(0, known - 1))
        {
            throw RequestException.Invalid(
                $"input 'input_ids' has ids that model '{version.Name}' does not know: its vocabulary has the ids 0 "
                + $"to {known - 1}");
        }

        var length = (int)input.Shape[1];
        return TokenBatch.Pad([.. ids.Chunk(length).Select(Unpadded)], length);
    }

    private static long[] Unpadded(long[] row, int position)
    {
        var end = Array.IndexOf(row, Vocabulary.PaddingId);
        return end < 0 ? row
            : end > 0 && !row.AsSpan(end).ContainsAnyExcept(Vocabulary.PaddingId) ? row[..end]
            : throw RequestException.Invalid(
                $"row {position} of input 'input_ids' is empty or has an id after its padding: pad with "
                + $"{Vocabulary.PaddingId} on the right");
    }

    private static string Choice(ModelVersion version) =>
        version.Signature.Inputs is [var only] ? $"'{only.Name}'" : "either 'input_ids' or 'text'";

    private static bool HasRank(InferenceTensor input) => input.Name == GraphNames.Text
        ? input.Shape is [> 0] or [> 0, 1]
        : input.Shape is [> 0, > 0];

    // A message does not grow with what a client makes up.
    private static string Shown(IReadOnlyList<long> shape) =>
        $"[{string.Join(',', shape.Take(ShownDimensions))}{(shape.Count > ShownDimensions ? ",…" : "")}]";

    private static string Expected(string name) => name == GraphNames.Text ? "[-1] or [-1,1]" : "[-1,-1]";

    private static RequestException NoValues(ModelVersion version, InferenceTensor input) =>
        RequestException.Invalid(
            $"input '{input.Name}' for model '{version.Name}' has values of another type than its data-type says");
}
