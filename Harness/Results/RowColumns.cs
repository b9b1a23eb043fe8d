using System.Reflection;

namespace C10k.Harness.Results;

/// <summary>The columns of a kind of rows, and what stands in them in the file.</summary>
internal static class RowColumns<T>
{
    private static readonly Dictionary<string, (PropertyInfo Property, Cell Cell)> _columns = new RowMap<T>()
        .MemberMaps.Select(map => map.Data)
        .ToDictionary(data => data.Names[0], data => ((PropertyInfo)data.Member!, (Cell)data.TypeConverter!));

    /// <summary>Their names, in the order of the file.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _columns.Keys];

    /// <summary>What a row has in a column; nothing where it was not had.</summary>
    public static string TextOf(T row, string column)
    {
        var (property, cell) = _columns[column];
        return cell.TextOf(property.GetValue(row));
    }
}
