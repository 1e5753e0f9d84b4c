namespace OnnxSentiment.Comparison;

/// <summary>Gradient norms at three places of the way back, a row a state before and after training.</summary>
internal static class GradientRows
{
    internal static IEnumerable<IReadOnlyList<string>> Of(ComparisonSummary summary) =>
        from model in summary.Models
        where model.Runs[0].Gradients is not null
        from row in Of(model)
        select row;

    private static IEnumerable<IReadOnlyList<string>> Of(ModelSummary model)
    {
        var runs = model.Runs.Select(run => run.Gradients!).ToList();
        var hasCell = runs[0].Initial.Cell is not null;
        var hidden = hasCell ? $"{model.Title}, h" : model.Title;
        yield return Row(hidden, "initial", [.. runs.Select(run => run.Initial.Hidden)]);
        yield return Row(hidden, "trained", [.. runs.Select(run => run.Trained.Hidden)]);
        if (hasCell)
        {
            yield return Row($"{model.Title}, c", "initial", [.. runs.Select(run => run.Initial.Cell!)]);
            yield return Row($"{model.Title}, c", "trained", [.. runs.Select(run => run.Trained.Cell!)]);
        }
    }

    private static string[] Row(string state, string weights, IReadOnlyList<IReadOnlyList<double>> norms)
    {
        var last = norms[0].Count - 1;
        return [state, weights, At(0), At(last / 2), At(last)];

        // Nothing reads the last c.
        string At(int back) => norms.Average(run => run[back]) is > 0 and var mean ? Numbers.Small(mean) : "–";
    }
}
