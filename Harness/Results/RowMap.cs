using System.Reflection;
using CsvHelper.Configuration;
using CsvHelper.Configuration.Attributes;

namespace C10k.Harness.Results;

/// <summary>
/// Maps a row record to columns: a property is a column, named in snake_case, in the order of declaration. So a row type
/// is the whole definition of its file.
/// </summary>
internal sealed class RowMap<T> : ClassMap<T>
{
    public RowMap()
    {
        var nullability = new NullabilityInfoContext();
        foreach (PropertyInfo property in typeof(T).GetProperties().OrderBy(p => p.MetadataToken))
        {
            string column = SnakeCase.Of(property.Name);
            bool optional = nullability.Create(property).WriteState == NullabilityState.Nullable;
            var map = Map(typeof(T), property).Name(column);
            map.TypeConverter(CellOf(column, property.PropertyType, optional));
            // Files of versions that did not have the column yet are read all the same.
            map.Data.IsOptional = property.IsDefined(typeof(OptionalAttribute));
        }
    }

    private static Cell CellOf(string column, Type property, bool optional)
    {
        Type type = Nullable.GetUnderlyingType(property) ?? property;
        return type switch
        {
            _ when type == typeof(string) => new TextCell(optional),
            _ when type == typeof(double) => new DoubleCell(optional, IsRate(column) ? 1 : 3),
            _ when type == typeof(bool) => new TruthCell(),
            _ when type == typeof(DateTimeOffset) => new UtcCell(),
            { IsEnum: true } => new EnumCell(optional, type),
            _ => new IntegerCell(optional, type),
        };
    }

    private static bool IsRate(string column) => column.EndsWith("_rps", StringComparison.Ordinal);
}
