// Plants faults in a copy of the sources, one at a time, and says which tests notice them.
//
//   dotnet run --project build/plant-faults -- [--check] [--manifest FILE] [ID…]
//
//   --check      only looks whether every fault has its place in the sources and compiles
//   --manifest   default: faults.json beside this file
//   ID           the faults whose ids begin with it; default: all of them
//
// All faults are compiled at once, each behind a switch that an environment variable turns on: a test project is built
// once, not once for each fault. The copy lies in artifacts/plant-faults; the working tree is only read. The exit code is
// 0 if at least 90 % of the faults were noticed, 1 if not, 2 if a fault has no place or does not compile.
using System.Diagnostics;
using System.Text.Json;
using OnnxSentiment.PlantFaults;

const double RequiredShare = 0.9;
var scratch = new Scratch(Command.Run(".", ["git", "rev-parse", "--show-toplevel"]).Output.Trim());
var arguments = args.ToList();
var onlyCheck = arguments.Remove("--check");
var manifest = Path.Combine(scratch.Root, "build", "plant-faults", "faults.json");
if (arguments.IndexOf("--manifest") is var option and >= 0 && option + 1 < arguments.Count)
{
    manifest = arguments[option + 1];
    arguments.RemoveRange(option, 2);
}

var faults = JsonSerializer.Deserialize<Fault[]>(File.ReadAllText(manifest), JsonSerializerOptions.Web)!
    .Where(fault => arguments.Count == 0 || arguments.Exists(id => fault.Id.StartsWith(id, StringComparison.Ordinal)))
    .ToArray();
var results = new Dictionary<Fault, string>();
var places = Build();
var works = !onlyCheck && places.Count > 0 && AllPassWithoutFaults();
var noticed = 0;
foreach (var fault in works ? places.Select(place => place.Fault) : [])
{
    var started = Stopwatch.GetTimestamp();
    var failure = fault.Runs.Select(run => TestRuns.FirstFailure(scratch, run, fault)).FirstOrDefault(test => test is not null);
    noticed += failure is null ? 0 : 1;
    results[fault] = failure is null ? "SURVIVED" : $"noticed by {failure}";
    Console.WriteLine($"{fault.Id}: {results[fault]} ({Stopwatch.GetElapsedTime(started).TotalSeconds:0} s)");
}

Console.WriteLine("\n| fault | file | result | what a user would lose |\n|---|---|---|---|");
foreach (var fault in faults)
{
    Console.WriteLine($"| {fault.Id} | {fault.File} | {results.GetValueOrDefault(fault, "planted")} | {fault.Why} |");
}

Console.WriteLine(works
    ? $"\n{noticed} of {places.Count} faults noticed, {(double)noticed / places.Count:P0}; {RequiredShare:P0} are required."
    : $"\n{places.Count} of {faults.Length} faults can be planted.");
return places.Count < faults.Length || !(works || onlyCheck) ? 2 : onlyCheck || noticed >= RequiredShare * places.Count ? 0 : 1;

// What does not compile is taken out, and the rest is built without it.
List<Place> Build()
{
    while (true)
    {
        scratch.Refresh();
        var planted = new List<Place>();
        foreach (var fault in faults.Where(fault => !results.ContainsKey(fault)))
        {
            var found = Place.Of(fault, scratch).ToList();
            if (found is [var place])
            {
                planted.Add(place);
            }
            else
            {
                results[fault] = $"has {found.Count} places, not one";
            }
        }

        Planting.Plant(planted, scratch);
        var errors = planted.SelectMany(place => place.Fault.Runs).Select(run => run.Project).Distinct()
            .Select(project => TestRuns.Build(scratch, project))
            .FirstOrDefault(output => output.Length > 0);
        if (errors is null)
        {
            return planted;
        }

        var blamed = Planting.Blame(errors, scratch);
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

bool AllPassWithoutFaults()
{
    var failures = places.SelectMany(place => place.Fault.Runs).Distinct()
        .Select(run => TestRuns.FirstFailure(scratch, run, fault: null)).OfType<string>().ToList();
    failures.ForEach(failure => Console.Error.WriteLine($"{failure} fails without a fault: repair that first."));
    return failures.Count == 0;
}
