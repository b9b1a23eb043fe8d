using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace C10k.Contract;

/// <summary>The one line a server prints on stdout when it listens: <c>READY 127.0.0.1:43127</c>.</summary>
public static class ReadyLine
{
    private const string Prefix = "READY ";

    /// <summary>Makes the line, without its line end.</summary>
    public static string Format(IPEndPoint endPoint) => $"{Prefix}{endPoint}";

    /// <summary>Reads the line; false for anything else.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out IPEndPoint? endPoint)
    {
        endPoint = null;
        return line.StartsWith(Prefix, StringComparison.Ordinal)
            && IPEndPoint.TryParse(line.AsSpan(Prefix.Length), out endPoint)
            && endPoint.Port != 0;
    }
}
