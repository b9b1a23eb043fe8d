using System.Buffers.Text;

namespace C10k.Nodes.Collecting;

/// <summary>Walks over fields of a proc(5) file that white space separates.</summary>
internal ref struct ProcFields(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>The next field; empty at the end.</summary>
    public ReadOnlySpan<byte> Next()
    {
        var start = _rest.IndexOfAnyExcept(" \t\n"u8);
        if (start < 0)
            return _rest = default;
        _rest = _rest[start..];
        var end = _rest.IndexOfAny(" \t\n"u8);
        var field = end < 0 ? _rest : _rest[..end];
        _rest = _rest[field.Length..];
        return field;
    }

    public void Skip(int fields)
    {
        for (var i = 0; i < fields; i++)
            Next();
    }

    /// <summary>The next field as a number; false at the end and where there is none.</summary>
    public bool TryNext(out long number)
    {
        var field = Next();
        return Utf8Parser.TryParse(field, out number, out var consumed) && consumed == field.Length;
    }
}
