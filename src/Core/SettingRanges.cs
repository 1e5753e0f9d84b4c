using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace OnnxSentiment.Core;

/// <summary>Checks a record of settings against the <see cref="RangeAttribute"/>s of its properties.</summary>
public static class SettingRanges
{
    /// <summary>
    /// Throws unless every number lies within its property's range, whose bounds are themselves allowed.
    /// </summary>
    /// <param name="settings">The record.</param>
    /// <param name="form">Its JSON form, whose names the message uses, as users write them.</param>
    /// <exception cref="InvalidInputException">A value lies outside, or is not a number.</exception>
    public static void Check<T>(T settings, JsonTypeInfo<T> form)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(form);
        foreach (var property in form.Properties)
        {
            if (Of(property) is { } range)
            {
                Check(property.Name, (IConvertible)property.Get!(settings)!, range);
            }
        }
    }

    /// <summary>The range of a property; null where any value of its type will do.</summary>
    public static RangeAttribute? Of(JsonPropertyInfo property)
    {
        ArgumentNullException.ThrowIfNull(property);
        return (property.AttributeProvider as MemberInfo)?.GetCustomAttribute<RangeAttribute>();
    }

    private static void Check(string name, IConvertible value, RangeAttribute range)
    {
        var number = value.ToDouble(CultureInfo.InvariantCulture);

        // So that NaN is outside too.
        if (!(number >= Bound(range.Minimum) && number <= Bound(range.Maximum)))
        {
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} is {value}, but has to lie between {range.Minimum} and {range.Maximum}."));
        }
    }

    private static double Bound(object bound) => Convert.ToDouble(bound, CultureInfo.InvariantCulture);
}
