// Plants faults in a copy of the sources, one at a time, and says which tests notice them.
//
//   dotnet run --project build/plant-faults -- [--check] [--manifest FILE] [ID…]
//
//   --check      only looks whether every fault has its place in the sources, which takes seconds
//   --manifest   default: faults.json beside this file
//   ID           the faults whose ids begin with it; default: all of them
//
// All faults are compiled at once, each behind a switch that an environment variable turns on: a test project is built
// once, not once for each fault. The copy lies in artifacts/plant-faults; the working tree is only read. The exit code
// is 0 if at least 90 % of the faults were noticed, 1 if not, 2 if a fault has no place or does not compile.
using System.Diagnostics;
using System.Text.Json;
using OnnxSentiment.PlantFaults;

const double RequiredShare = 0.9;
const int Done = 0, TooFew = 1, Unusable = 2;
var arguments = args.ToList();
var onlyCheck = arguments.Remove("--check");
var sources = new Sources(Command.Run(".", ["git", "rev-parse", "--show-toplevel"]).Output.Trim());
var manifest = Path.Combine(sources.Root, "build", "plant-faults", "faults.json");
if (arguments.IndexOf("--manifest") is var option and >= 0 && option + 1 < arguments.Count)
{
    manifest = arguments[option + 1];
    arguments.RemoveRange(option, 2);
}

var faults = JsonSerializer.Deserialize<Fault[]>(File.ReadAllText(manifest), JsonSerializerOptions.Web)!
    .Where(fault => arguments.Count == 0 || arguments.Exists(id => fault.Id.StartsWith(id, StringComparison.Ordinal)))
    .ToArray();
var results = new Dictionary<Fault, string>();
return onlyCheck ? Check() : Run();

int Check()
{
    var places = Places(sources);
    foreach (var (fault, result) in results)
    {
        Console.WriteLine($"{fault.Id} {result}: {fault.Old} in {fault.File}");
    }

    Console.WriteLine($"{places.Count} of {faults.Length} faults have their place.");
    return places.Count == faults.Length ? Done : Unusable;
}

int Run()
{
    var copy = sources.CopyTo(Path.Combine(sources.Root, "artifacts", "plant-faults"));
    var planted = Build(copy);
    if (!AllPassWithoutFaults(copy, planted))
    {
        return Unusable;
    }

    var noticed = planted.Count(fault => IsNoticed(copy, fault));
    PrintResults();
    Console.WriteLine($"{noticed} of {planted.Count} faults noticed; at least {RequiredShare:P0} are required.");
    return planted.Count < faults.Length ? Unusable : noticed < RequiredShare * planted.Count ? TooFew : Done;
}

List<Place> Places(Sources tree)
{
    var places = new List<Place>();
    foreach (var fault in faults.Where(fault => !results.ContainsKey(fault)))
    {
        var found = Place.Of(fault, tree).ToList();
        places.AddRange(found.Count == 1 ? found : []);
        if (found.Count != 1)
        {
            results[fault] = $"has {found.Count} places, not one";
        }
    }

    return places;
}

// What does not compile is taken out, and the rest is built without it.
List<Fault> Build(Sources copy)
{
    while (true)
    {
        sources.CopyTo(copy.Root);
        var places = Places(copy);
        Planting.Plant(places, copy);
        var errors = places.SelectMany(place => place.Fault.Runs).Select(run => run.Project).Distinct()
            .Select(project => TestRuns.Build(copy, project))
            .FirstOrDefault(output => output.Length > 0);
        if (errors is null)
        {
            return [.. places.Select(place => place.Fault)];
        }

        var blamed = Planting.Blame(errors, copy);
        if (blamed.Count == 0)
        {
            throw new InvalidOperationException($"The build fails, and no fault is to blame:\n{errors}");
        }

        foreach (var fault in faults.Where(fault => blamed.Contains(fault.Id)))
        {
            results[fault] = "does not compile";
        }
    }
}

static bool AllPassWithoutFaults(Sources copy, IEnumerable<Fault> planted)
{
    var failures = planted.SelectMany(fault => fault.Runs).Select(run => run with { Filter = null }).Distinct()
        .Select(run => TestRuns.FirstFailure(copy, run, fault: null)).OfType<string>().ToList();
    failures.ForEach(failure => Console.Error.WriteLine($"{failure} fails without a fault: repair that first."));
    return failures.Count == 0;
}

bool IsNoticed(Sources copy, Fault fault)
{
    var started = Stopwatch.GetTimestamp();
    var failure = fault.Runs.Select(run => TestRuns.FirstFailure(copy, run, fault))
        .FirstOrDefault(test => test is not null);
    results[fault] = failure is null ? "SURVIVED" : $"noticed by {failure}";
    Console.WriteLine($"{fault.Id}: {results[fault]} ({Stopwatch.GetElapsedTime(started).TotalSeconds:0} s)");
    return failure is not null;
}

void PrintResults()
{
    Console.WriteLine("\n| fault | file | result | what a user would lose |\n|---|---|---|---|");
    foreach (var fault in faults)
    {
        Console.WriteLine($"| {fault.Id} | {fault.File} | {results[fault]} | {fault.Why} |");
    }

    Console.WriteLine();
}
