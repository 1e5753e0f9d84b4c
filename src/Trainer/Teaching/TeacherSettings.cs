using OnnxSentiment.Core;

namespace OnnxSentiment.Trainer.Teaching;

/// <summary>
/// How texts without labels are used: an ensemble of a network and a linear n-gram classifier, both trained on the labelled
/// texts, gives each of them soft labels, and a new network learns from all texts (distillation: Hinton, Vinyals and Dean,
/// 2015; self-training: Yarowsky, ACL 1995). Without effect where there are no such texts.
/// </summary>
public sealed record TeacherSettings
{
    /// <summary>
    /// How often a network learns from soft labels: each round's network takes the place of the last one in the ensemble.
    /// 0: texts without labels serve the word vectors alone.
    /// </summary>
    public int TeacherRounds { get; init; } = 1;

    /// <summary>Tokens of the longest n-gram that the linear classifier sees.</summary>
    public int TeacherNgrams { get; init; } = 3;

    /// <summary>Passes over labelled and soft-labelled texts together, in each round.</summary>
    public int TeacherEpochs { get; init; } = 6;

    /// <summary>Returns the settings, or says which value is out of its range.</summary>
    /// <exception cref="InvalidInputException">A value is out of its range.</exception>
    public TeacherSettings Validated()
    {
        Settings.InRange("teacher_rounds", TeacherRounds, 0, 10);
        Settings.InRange("teacher_ngrams", TeacherNgrams, 1, 5);
        Settings.InRange("teacher_epochs", TeacherEpochs, 1, 10_000);
        return this;
    }
}
