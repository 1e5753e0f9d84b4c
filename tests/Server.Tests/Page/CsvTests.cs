using System.Text.Json;

namespace OnnxSentiment.Server.Tests;

/// <summary>The module that reads and writes CSV, in the browser.</summary>
public class CsvTests : PageTest
{
    private const int Seed = 7;

    [TestCase("a,b\n1,2\n", """[["a","b"],["1","2"]]""")]
    [TestCase("a,b\r\n1,2", """[["a","b"],["1","2"]]""")]
    [TestCase("a,b\r1,2\r", """[["a","b"],["1","2"]]""")]
    [TestCase("\"a, b\",c", """[["a, b","c"]]""")]
    [TestCase("\"a\nb\",c", """[["a\nb","c"]]""")]
    [TestCase("\"say \"\"hi\"\"\",c", """[["say \"hi\"","c"]]""")]
    [TestCase("a,\"\",\n", """[["a","",""]]""")]
    [TestCase("a,", """[["a",""]]""")]
    [TestCase("\"a\"b,c", """[["ab","c"]]""")]
    [TestCase("a\"b,c", """[["a\"b","c"]]""")]
    [TestCase("", "[]")]
    public async Task Parse_Text_GivesItsCells(string text, string expected)
    {
        var rows = await EvaluateAsync<string>("csv.js", "JSON.stringify(module.parse(argument, ','))", text);

        Assert.That(rows, Is.EqualTo(expected));
    }

    [Test]
    public async Task Parse_WhatWriteWrote_IsTheSame(
        [Values(",", ";", "\t", "|")] string delimiter, [Values("\n", "\r\n")] string newline)
    {
        var rows = RandomRows(delimiter);

        var back = await EvaluateAsync<string>(
            "csv.js",
            "JSON.stringify(module.parse(module.write(argument.rows, argument.delimiter, argument.newline), "
            + "argument.delimiter))",
            new { rows, delimiter, newline });

        Assert.That(JsonSerializer.Deserialize<string[][]>(back), Is.EqualTo(rows), $"seed {Seed}");
    }

    [TestCase("id,review\n1,good\n2,bad\n", ",", true, 1)]
    [TestCase("id;stars;text\n1;5;a, b, c\n2;1;d, e, f\n", ";", true, 2)]
    [TestCase("1\tA fine film, all in all.\n2\tDull.\n", "\t", false, 1)]
    [TestCase("\uFEFFtext\ngood\n", ",", true, 0)]
    [TestCase("A fine film.\nDull, and long.\nBad.\n", ",", false, 0)]
    [TestCase("name|what they said about it\nAnn|It was a joy from its start to its end, and longer.\n", "|", true, 1)]
    [TestCase("good\nbad\n", ",", false, 0)]
    public async Task ReadTable_File_FindsDelimiterHeaderAndTexts(
        string text, string delimiter, bool hasHeader, int column)
    {
        var table = await EvaluateAsync<string>(
            "csv.js",
            "(({ delimiter, hasHeader, column }) => JSON.stringify([delimiter, hasHeader, column]))"
            + "(module.readTable(argument))",
            text);

        Assert.That(table, Is.EqualTo(JsonSerializer.Serialize(new object[] { delimiter, hasHeader, column })));
    }

    // The first cell has the row's number: a row of nothing but empty cells is no row to a reader.
    private static string[][] RandomRows(string delimiter)
    {
        var random = new Random(Seed);
        string[] pieces = ["word", " ", "\"", "\n", "\r\n", delimiter, "é", "👩", ",", ""];
        return [.. Enumerable.Range(0, 200).Select(row => new[] { $"{row}{Cell()}", Cell(), Cell() })];

        string Cell() => string.Concat(random.GetItems(pieces, random.Next(5)));
    }
}
