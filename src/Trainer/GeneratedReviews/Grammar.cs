using System.Text;

namespace OnnxSentiment.Trainer;

/// <summary>
/// A grammar whose every phrase means something good or something bad. In a rule, <c>{name}</c> stands for a phrase of
/// the same meaning and <c>{!name}</c> for one of the opposite meaning. A rule called <c>name+</c> or <c>name-</c>
/// serves one meaning alone. Alternatives are equally likely; one that stands twice is twice as likely.
/// </summary>
internal sealed class Grammar(IReadOnlyDictionary<string, string[]> rules)
{
    /// <summary>The names of the rules.</summary>
    public IEnumerable<string> Rules => rules.Keys;

    /// <summary>The names of the rules that a phrase of this meaning can use, for checks.</summary>
    public IReadOnlySet<string> Reachable(string name, bool positive)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        Collect(name, positive, reached);
        return reached;
    }

    /// <summary>A phrase of the given meaning.</summary>
    /// <exception cref="KeyNotFoundException">A rule names one that does not exist.</exception>
    public string Expand(string name, bool positive, Random random)
    {
        var phrase = new StringBuilder();
        Append(phrase, name, positive, random);
        return phrase.ToString();
    }

    private void Append(StringBuilder phrase, string name, bool positive, Random random)
    {
        var alternatives = rules[Resolve(name, positive)];
        foreach (var (text, isSlot) in Parts(alternatives[random.Next(alternatives.Length)]))
        {
            if (isSlot)
            {
                Append(phrase, text.TrimStart('!'), positive ^ text.StartsWith('!'), random);
            }
            else
            {
                phrase.Append(text);
            }
        }
    }

    private void Collect(string name, bool positive, HashSet<string> reached)
    {
        // Both meanings of a shared rule have to be followed, so what was reached is kept with its meaning.
        var rule = Resolve(name, positive);
        if (!reached.Add(rule + (positive ? " as good" : " as bad")))
        {
            return;
        }

        reached.Add(rule);
        foreach (var (text, _) in rules[rule].SelectMany(Parts).Where(part => part.IsSlot))
        {
            Collect(text.TrimStart('!'), positive ^ text.StartsWith('!'), reached);
        }
    }

    private string Resolve(string name, bool positive)
    {
        var ofMeaning = name + (positive ? '+' : '-');
        return rules.ContainsKey(ofMeaning) ? ofMeaning
            : rules.ContainsKey(name) ? name
            : throw new KeyNotFoundException($"The grammar has neither a rule '{name}' nor '{ofMeaning}'.");
    }

    private static IEnumerable<(string Text, bool IsSlot)> Parts(string alternative) =>
        alternative.Split('{', '}').Select((text, i) => (text, i % 2 == 1));
}
