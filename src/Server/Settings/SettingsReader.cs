using System.Collections;
using Microsoft.Extensions.Configuration.CommandLine;
using OnnxSentiment.Core;

namespace OnnxSentiment.Server;

/// <summary>Reads sections of the configuration into immutable options.</summary>
internal static class SettingsReader
{
    private static readonly string[] Sections =
        ["Models", "Batching", "Limits", "Shutdown", "Security", "Grpc", "Kestrel", "Logging"];

    /// <summary>
    /// Throws if the command line has a setting of a section that nobody reads, such as a misspelt one.
    /// </summary>
    /// <exception cref="InvalidInputException">It has.</exception>
    public static void CheckSections(this IConfigurationRoot configuration)
    {
        foreach (var commandLine in configuration.Providers.OfType<CommandLineConfigurationProvider>())
        {
            var unknown = commandLine.GetChildKeys([], null).Distinct().FirstOrDefault(
                key => commandLine.GetChildKeys([], key).Any()
                    && !Sections.Contains(key, StringComparer.OrdinalIgnoreCase));
            if (unknown is not null)
            {
                throw new InvalidInputException(
                    $"There is no section '{unknown}' of settings; there are {string.Join(", ", Sections)}.");
            }
        }
    }

    /// <summary>A section as options; what it leaves out has its default.</summary>
    /// <exception cref="InvalidInputException">
    /// The section has a key that no option has, or a value of another type.
    /// </exception>
    public static T Read<T>(this IConfiguration configuration, string section)
        where T : class, new()
    {
        CheckKeys<T>(configuration.GetSection(section), section);
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidInputException($"The settings of '{section}' cannot be used: {e.Message}", e);
        }
    }

    private static void CheckKeys<T>(IConfigurationSection section, string name)
    {
        var known = typeof(T).GetProperties().Where(property => property.CanWrite)
            .ToDictionary(
                property => property.Name, property => property.PropertyType, StringComparer.OrdinalIgnoreCase);
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw new InvalidInputException(
                $"'{name}' has a value, but it is a section: it has {string.Join(", ", known.Keys)}.");
        }

        foreach (var child in section.GetChildren())
        {
            if (!known.TryGetValue(child.Key, out var type))
            {
                throw new InvalidInputException(
                    $"'{name}:{child.Key}' is no setting; '{name}' has {string.Join(", ", known.Keys)}.");
            }

            // It would be read as an empty list; with keys that means a server that everybody may ask.
            if (!string.IsNullOrEmpty(child.Value) && type != typeof(string)
                && type.IsAssignableTo(typeof(IEnumerable)))
            {
                throw new InvalidInputException(
                    $"'{name}:{child.Key}' has a single value, but it is a list: give {name}:{child.Key}:0, "
                    + $"{name}:{child.Key}:1 and so on.");
            }
        }
    }
}
