using System.ComponentModel;
using System.Diagnostics;

namespace OnnxSentiment.Benchmarks;

/// <summary>
/// Another program that answers lines with lines, and stays for all rounds, so that its start is not measured.
/// </summary>
internal sealed class LineProcess : IDisposable
{
    private readonly Process _process;

    /// <exception cref="NotHereException">The program is not installed.</exception>
    public LineProcess(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new NotHereException($"{program}: {e.Message}");
        }
    }

    public string Ask(string line)
    {
        Write(line);
        return Read();
    }

    public void Write(string text)
    {
        _process.StandardInput.Write(text + "\n");
        _process.StandardInput.Flush();
    }

    public string Read() =>
        _process.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException(
            $"{_process.StartInfo.FileName} ended where an answer was expected; what it said stands above.");

    /// <summary>Ends the program's input, which ends the program.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
