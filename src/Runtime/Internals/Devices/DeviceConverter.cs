using System.ComponentModel;
using System.Globalization;

namespace OnnxSentiment.Runtime.Internals.Devices;

/// <summary>Lets options that are bound from configuration name a device as text.</summary>
internal sealed class DeviceConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) =>
        sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        value is string text ? Device.Parse(text) : base.ConvertFrom(context, culture, value);
}
