namespace OnnxSentiment.Core.Tests;

/// <summary>Random damage to a valid file: it loads, or it is refused in the one way that callers know.</summary>
public class SafetensorsFuzzTests
{
    private const int Seeds = 20_000;

    private static readonly byte[] Valid = SafetensorsBytes.Write(new()
    {
        Tensors = new Dictionary<string, SafetensorsTensor>
        {
            ["weight"] = SafetensorsTensor.FromFloats([1, 2, 3, 4, 5, 6], [2, 3]),
            ["none"] = SafetensorsTensor.FromFloats([], [0]),
            ["bytes"] = new("U8", [5], new byte[] { 1, 2, 3, 4, 5 }),
        },
        Metadata = new Dictionary<string, string> { ["key"] = "value" },
    });

    private static readonly byte[] Telling = [.. "{}[]\",:\\u0123456789-+.eE \0"u8, 0x80, 0xc3, 0xff];

    [Test]
    public void Read_SeededDamage_LoadsOrIsRefused()
    {
        var loaded = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            loaded += TryRead(Damaged(new Random(seed)), seed) ? 1 : 0;
        }

        Assert.That(loaded, Is.InRange(1, Seeds - 1), "damage that is always or never seen tests nothing");
    }

    private static bool TryRead(byte[] file, int seed)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            SafetensorsBytes.Read(file);
            return true;
        }
        catch (InvalidInputException)
        {
            return false;
        }
        catch (Exception e)
        {
            throw new AssertionException($"seed {seed}: {e}");
        }
        finally
        {
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000), $"seed {seed}");
        }
    }

    // One to four edits: flip a bit, or put, insert or remove a byte that means something to a JSON parser.
    private static byte[] Damaged(Random random)
    {
        var file = Valid.ToList();
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var at = random.Next(file.Count);
            switch (random.Next(4))
            {
                case 0:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file[at] = random.GetItems(Telling, 1)[0];
                    break;
                case 2:
                    file.Insert(at, random.GetItems(Telling, 1)[0]);
                    file[0]++;
                    break;
                default:
                    file.RemoveAt(at);
                    file[0]--;
                    break;
            }
        }

        return [.. file];
    }
}
