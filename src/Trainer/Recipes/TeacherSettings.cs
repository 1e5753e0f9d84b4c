using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer;

/// <summary>
/// How texts without labels are used: a linear n-gram classifier and networks, trained on the labeled texts, together
/// give each of them soft labels, and a new network learns from all texts (distillation: Hinton, Vinyals and Dean,
/// 2015; self-training: Yarowsky, ACL 1995). Without effect where there are no such texts.
/// </summary>
public sealed record TeacherSettings
{
    /// <summary>
    /// How often soft labels are given. In each round after the first, a network that has learned from those of the
    /// round before joins the teachers. 0: texts without labels serve the word vectors alone.
    /// </summary>
    [Description(
        "how often texts without labels are labelled, each time by better teachers; 0: they serve the words' " +
        "numbers alone")]
    [Range(0, 10)]
    public int TeacherRounds { get; init; } = 1;

    /// <summary>Networks among the teachers of the first round; they differ in their random numbers.</summary>
    [Description("networks that teach in the first round, beside a classifier of phrases")]
    [Range(1, 10)]
    public int TeacherNetworks { get; init; } = 1;

    /// <summary>Tokens of the longest n-gram that the linear classifier sees.</summary>
    [Description("words of the longest phrase that the classifier of phrases knows")]
    [Range(1, 5)]
    public int TeacherNgrams { get; init; } = 3;

    /// <summary>
    /// Passes over labeled and soft-labeled texts together, for each network that learns from both.
    /// </summary>
    [Description("passes over texts with and without labels together, for each network that learns from both")]
    [Range(1, 10_000)]
    public int TeacherEpochs { get; init; } = 6;

    /// <summary>
    /// <c>EmbeddingDropout</c> of each network that learns from both: soft labels of many texts are hard to learn by
    /// heart, so that less is enough.
    /// </summary>
    [Description("what embedding_dropout is to each network that learns from both")]
    [Range(0, 0.99)]
    public double TeacherDropout { get; init; } = 0.2;

    /// <summary>Returns the settings, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public TeacherSettings Validated()
    {
        SettingRanges.Check(this, RecipeJson.Default.TeacherSettings);
        return this;
    }
}
