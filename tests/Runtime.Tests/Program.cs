using System.Globalization;
using OnnxSentiment.Runtime.Tests;

// Run by ModelFileFuzzTests, and by a person who wants to see one seed again:
// dotnet OnnxSentiment.Runtime.Tests.dll fuzz FIRST_SEED SECONDS
if (args is not ["fuzz", var firstSeed, var seconds])
{
    Console.Error.WriteLine("expected: fuzz FIRST_SEED SECONDS");
    return 2;
}

ModelFileFuzz.Run(
    int.Parse(firstSeed, CultureInfo.InvariantCulture),
    TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
return 0;
