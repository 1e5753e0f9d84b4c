namespace OnnxSentiment.Trainer;

/// <summary>
/// Short film reviews in which the order of the words decides: negation turns a judgement round, and the later clause
/// of a contrast outweighs the earlier one. Most rules serve both meanings, so that their own words give nothing away.
/// </summary>
internal static class ReviewGrammar
{
    public const string Start = "review";

    public static readonly Grammar Instance = new(new[] { Structure, Words }
        .SelectMany(rules => rules).ToDictionary(StringComparer.Ordinal));

    private static Dictionary<string, string[]> Structure => new()
    {
        ["review"] =
        [
            "{sentence}", "{sentence}",
            "{filler} {sentence}", "{filler} {sentence}",
            "{sentence} {filler}",
            "{filler} {sentence} {filler}",
            "{filler} {filler} {sentence}",
            "{sentence} {sentence}",
        ],
        ["sentence"] =
        [
            "{plain}{end}", "{plain}{end}", "{plain}{end}", "{plain}{end}", "{plain}{end}",
            "{negated}{end}", "{negated}{end}",
            "{contrast}{end}", "{contrast}{end}", "{contrast}{end}",
        ],
        ["end"] = [".", ".", ".", "!"],

        ["plain"] =
        [
            "{clause}", "{clause}", "{clause}", "what a {adjective} {film}", "{verdict}", "{verdict}", "{described}",
        ],
        ["clause"] =
        [
            "{thing} {is} {described}", "{thing} {is} {described}", "{things} {are} {described}",
            "{things} {are} {described}",
            "i {verbed} {object}", "i {really} {verbed} {object}", "it is a {noun}", "this is a {described} {film}",
            "{object} made me {feel}", "i found {object} {described}",
        ],
        ["described"] = ["{adjective}", "{adjective}", "{very} {adjective}", "{adjective} and {adjective}"],

        ["negated"] =
        [
            "{denial}", "{denial}", "{denial}", "not {!adjective} at all", "not {too} {!adjective}",
            "{denied verdict}",
        ],
        ["denial"] =
        [
            "{thing} {is not} {!adjective}", "{thing} {is not} {!adjective}", "{thing} {is not} {!adjective} at all",
            "{things} {are not} {!adjective}", "{things} {are not} {too} {!adjective}",
            "nothing about {the part} {is} {!adjective}", "there is nothing {!adjective} about {the part}",
            "there is not a single {!adjective} {moment} in it", "i {did not} {!verb} {object}",
            "it is no {!noun}", "it is hardly a {!noun}", "nobody could call it {!adjective}",
            "i would not call {object} {!adjective}", "i don't think {thing} {is} {!adjective}",
            "{thing} has no {!adjective} {moment}", "neither the {part} nor the {part} is {!adjective}",
        ],

        ["contrast"] =
        [
            "{!statement}, but {statement}", "{!statement}, but {statement}", "{!statement}, yet {statement}",
            "{although} {!statement}, {statement}", "{statement}, {although} {!statement}",
            "{!adjective} at first, but {statement}", "{thing} {starts} {!adjective} and {ends} {adjective}",
            "i expected a {!adjective} {film} and got a {adjective} one", "i wanted to {!verb} it, but i {verbed} it",
            "more {adjective} than {!adjective}", "{thing} {is} more {adjective} than {!adjective}",
            "{thing} {is} less {!adjective} than {adjective}", "{thing} {is} not {!adjective} but {adjective}",
            "{critics} called it {!adjective}, but i found it {adjective}",
            "the trailer looks {!adjective}, yet the {film} is {adjective}",
            "despite the {!adjective} {part}, {statement}", "{statement}, despite the {!adjective} {part}",
            "not {!adjective}, {adjective} {at the limit}", "{thing} {is} not {!adjective}, it is {adjective}",
            "{adjective}, not {!adjective}",
        ],
        ["statement"] = ["{clause}", "{clause}", "{clause}", "{denial}"],
        ["at the limit+"] = ["at worst", "in fact", "instead"],
        ["at the limit-"] = ["at best", "in fact", "instead"],

        ["filler"] =
        [
            "the story follows a {job} who {travels} {place}.", "it is set in {place} in the {decade}.",
            "we saw it {time} {with}.", "my {relative} picked it {time}.", "it runs for about {number} minutes.",
            "the {film} opens with a long shot of {place}.", "a {job} from {place} meets a {job}.",
            "the camera stays with the {job} for {number} minutes.", "the music was recorded in {place}.",
            "the director used to be a {job}.", "i watched the {film} {with}.",
            "there is a {animal} in the first scene.",
            "the {relative} of the {job} has a {animal}.", "it was filmed near {place}.", "the cinema was half empty.",
        ],
    };

    private static Dictionary<string, string[]> Words => new()
    {
        ["adjective+"] =
        [
            "good", "great", "wonderful", "brilliant", "excellent", "amazing", "fantastic", "beautiful", "clever",
            "funny",
            "charming", "gripping", "moving", "touching", "delightful", "superb", "enjoyable", "exciting",
            "entertaining",
            "fun", "lovely", "memorable", "thrilling", "impressive", "fascinating", "witty", "fresh", "warm",
        ],
        ["adjective-"] =
        [
            "bad", "terrible", "awful", "horrible", "boring", "dull", "poor", "weak", "stupid", "lazy", "clumsy",
            "tedious",
            "predictable", "disappointing", "forgettable", "bland", "flat", "annoying", "dreadful", "silly", "painful",
            "pointless", "messy", "shallow", "lifeless", "cheap", "tiresome", "mediocre",
        ],
        ["noun+"] = ["masterpiece", "gem", "delight", "triumph", "joy", "treat", "success", "classic"],
        ["noun-"] = ["disaster", "mess", "bore", "failure", "letdown", "chore", "nightmare", "flop"],
        ["verb+"] = ["love", "like", "enjoy", "adore", "admire"],
        ["verb-"] = ["hate", "dislike", "regret", "loathe", "despise"],
        ["verbed+"] = ["loved", "liked", "enjoyed", "adored", "admired"],
        ["verbed-"] = ["hated", "disliked", "regretted", "loathed", "despised"],
        ["feel+"] = ["happy", "smile", "laugh", "glad"],
        ["feel-"] = ["angry", "yawn", "sleepy", "sad"],
        ["verdict+"] =
        [
            "one of the best films of the year", "the best {film} i have seen", "best {film} ever",
            "worth every minute", "i recommend it",
            "i would watch it again", "i have never seen a better {film}", "it could not be better",
            "better than i expected",
            "a must see", "i laughed the whole time",
        ],
        ["verdict-"] =
        [
            "one of the worst films of the year", "the worst {film} i have seen", "worst {film} ever",
            "a waste of time", "i want my money back",
            "i would rather sleep", "i have never seen a worse {film}", "it could not be worse",
            "worse than i expected",
            "avoid it", "i yawned the whole time",
        ],
        ["denied verdict+"] =
        [
            "it is not a waste of time", "i did not want it to end", "i have seen much worse",
            "not the worst {film} i have seen",
            "do not avoid it", "i did not yawn once",
        ],
        ["denied verdict-"] =
        [
            "it is not worth the time", "i could not wait for it to end", "i have seen much better",
            "not the best {film} i have seen",
            "i do not recommend it", "i did not laugh once",
        ],

        ["is"] = ["is", "is", "was", "was", "feels", "seems"],
        ["are"] = ["are", "are", "were", "were", "feel", "seem"],
        ["is not"] =
            [
                "is not", "is not", "isn't", "was not", "wasn't", "is never", "was never", "never feels", "is hardly",
                "is far from", "is anything but",
            ],
        ["are not"] = ["are not", "aren't", "were not", "weren't", "are never", "never feel", "are hardly"],
        ["did not"] = ["did not", "didn't", "do not", "don't"],
        ["very"] = ["very", "really", "so", "truly", "quite", "just", "rather", "surprisingly"],
        ["too"] = ["very", "really", "so", "too", "exactly", "particularly", "that"],
        ["really"] = ["really", "truly", "simply", "always"],
        ["although"] = ["although", "though", "even though"],
        ["starts"] = ["starts", "started", "begins", "began"],
        ["ends"] = ["ends", "ended", "becomes", "became", "turns"],
        ["critics"] = ["critics", "my friends", "people", "some reviewers", "everybody"],
        ["moment"] = ["moment", "scene", "minute", "line"],

        ["film"] = ["film", "movie", "film", "movie", "thriller", "comedy", "drama", "western", "sequel", "remake"],
        ["thing"] =
        [
            "it", "it", "this", "this {film}", "the {film}", "the {part}", "the {part}", "the {part}",
            "the whole thing",
        ],
        ["things"] = ["the {parts}"],
        ["object"] = ["it", "it", "this {film}", "the {part}", "the {parts}"],
        ["the part"] = ["the {part}", "this {film}"],
        ["part"] =
        [
            "acting", "story", "plot", "script", "ending", "opening", "music", "soundtrack", "dialogue", "photography",
            "camera work", "direction", "casting", "humor", "pacing", "atmosphere", "first half", "second half",
            "final scene",
            "lead actor", "lead actress", "villain", "editing",
        ],
        ["parts"] =
            [
                "actors", "characters", "songs", "jokes", "effects", "costumes", "sets", "scenes", "performances",
                "twists", "lines",
            ],

        ["job"] =
            [
                "teacher", "sailor", "baker", "detective", "doctor", "painter", "lawyer", "nurse", "pilot", "farmer",
                "clerk", "singer",
            ],
        ["travels"] = ["moves to", "travels to", "returns to", "grew up in", "works in", "gets lost in"],
        ["place"] =
            [
                "a harbor town", "the mountains", "the desert", "a small village", "the city", "a hotel",
                "an old castle", "the north", "an island",
            ],
        ["decade"] = ["twenties", "forties", "fifties", "sixties", "eighties", "nineties"],
        ["time"] = ["on a Sunday", "last week", "last night", "on a train", "in the afternoon", "in March"],
        ["with"] =
        [
            "with my family", "with a friend", "on my own", "with subtitles", "with the neighbors",
            "in a small cinema",
        ],
        ["relative"] = ["brother", "sister", "mother", "father", "cousin", "uncle"],
        ["number"] = ["ten", "twenty", "forty", "ninety", "a hundred"],
        ["animal"] = ["dog", "horse", "parrot", "cat", "goat"],
    };
}
