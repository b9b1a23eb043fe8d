using System.Collections;
using System.Globalization;
using System.Reflection;
using C10k.Harness.Planning;
using C10k.Latency;
using Xunit;

namespace C10k.Tests.Support;

/// <summary>
/// Records of which nothing is as it would be by itself: what is forgotten when one is copied or stored shows, also where a property is
/// new.
/// </summary>
internal static class Filled
{
    private const int Number = 7;

    public static T Of<T>() => (T)Make(typeof(T));

    /// <summary>Compares all that can be set, as deep as it goes.</summary>
    /// <param name="where">What stands before the name of what differs.</param>
    public static void IsSame(object? expected, object? actual, string where)
    {
        if (expected is LatencyHistogram one && actual is LatencyHistogram other)
            (expected, actual) = (HistogramEncoding.EncodeBase64(one), HistogramEncoding.EncodeBase64(other));
        if (expected is null || actual is null || IsPlain(expected.GetType()))
            Assert.True(Equals(expected, actual), $"{where}: {actual ?? "nothing"} instead of {expected ?? "nothing"}");
        else if (expected is IEnumerable all)
            AreSame([.. all.Cast<object>()], [.. ((IEnumerable)actual).Cast<object>()], where);
        else
            foreach (var property in expected.GetType().GetProperties().Where(IsCompared))
                IsSame(property.GetValue(expected), property.GetValue(actual), $"{where}.{property.Name}");
    }

    private static void AreSame(List<object> expected, List<object> actual, string where)
    {
        Assert.True(expected.Count == actual.Count, $"{where}: {actual.Count} instead of {expected.Count}");
        for (var i = 0; i < expected.Count; i++)
            IsSame(expected[i], actual[i], $"{where}[{i}]");
    }

    private static bool IsPlain(Type type) =>
        type.IsPrimitive
        || type.IsEnum
        || type == typeof(string)
        || type == typeof(DateTimeOffset)
        || type == typeof(PlannedCase);

    // What stands in no field of its own follows from the others.
    private static bool IsCompared(PropertyInfo property) =>
        property.CanWrite || property.DeclaringType is { IsGenericType: true, IsValueType: true };

    private static object Make(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(PlannedCase))
            return Planned.Case();
        if (type == typeof(LatencyHistogram))
            return Histogram();
        if (IsPlain(type))
            return MakePlain(type);
        if (typeof(IEnumerable).IsAssignableFrom(type))
            return MakeMany(type.GetGenericArguments());
        return MakeRecord(type);
    }

    private static object MakePlain(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(bool) ? true
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 31, 12, 0, Number, TimeSpan.Zero)
        : type.IsEnum ? Enum.GetValues(type).Cast<object>().Last()
        : Convert.ChangeType(Number, type, CultureInfo.InvariantCulture);

    private static LatencyHistogram Histogram()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(Number);
        return histogram;
    }

    // A list of one, or a dictionary of one.
    private static IEnumerable MakeMany(Type[] parts)
    {
        if (parts is [var key, var value])
        {
            var dictionary = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(key, value))!;
            dictionary.Add(Make(key), Make(value));
            return dictionary;
        }
        var list = Array.CreateInstance(parts[0], 1);
        list.SetValue(Make(parts[0]), 0);
        return list;
    }

    private static object MakeRecord(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        var made = constructor.Invoke([.. constructor.GetParameters().Select(part => Make(part.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
            property.SetValue(made, Make(property.PropertyType));
        return made;
    }
}
