using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OnnxSentiment.Server.Tests;

/// <summary>Keeps what is logged, with the values and the exceptions.</summary>
internal sealed class LogRecords : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _records = new();

    public IEnumerable<string> Messages => _records.Select(record => record.Text);

    public IEnumerable<string> Of(LogLevel level) =>
        _records.Where(record => record.Level == level).Select(record => record.Text);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel,
        EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _records.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));

    public void Dispose()
    {
    }
}
