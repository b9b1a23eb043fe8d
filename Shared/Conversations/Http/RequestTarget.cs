using System.Buffers;
using System.Text;

namespace C10k.Conversations.Http;

/// <summary>What a request is for (RFC 9112 §3.2). This server has one page, so that a target need only be well-formed.</summary>
internal static class RequestTarget
{
    private static readonly SearchValues<byte> s_hostName = SearchValues.Create(
        "-._~%!$&'()*+,;=0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );
    private static readonly SearchValues<byte> s_addressLiteral = SearchValues.Create(
        "-._~!$&'()*+,;=:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8
    );

    /// <summary>Whether it has one of the four forms, and the one that its method wants.</summary>
    public static bool IsValid(ReadOnlySpan<byte> target, ReadOnlySpan<byte> method)
    {
        if (target.IsEmpty || target.IndexOfAnyExceptInRange((byte)'!', (byte)'~') >= 0)
            return false;
        if (method.SequenceEqual("CONNECT"u8))
            return IsHost(target) && target.Contains((byte)':');
        return target[0] == '/'
            || IsAbsolute(target)
            || (target.SequenceEqual("*"u8) && method.SequenceEqual("OPTIONS"u8));
    }

    /// <summary>Whether it is a host with or without a port, as in a Host field; empty is allowed there (RFC 9110 §7.2).</summary>
    public static bool IsHost(ReadOnlySpan<byte> text)
    {
        var end = 0;
        if (text.StartsWith("["u8))
        {
            end = text.IndexOf((byte)']') + 1;
            if (end < 3 || text[1..(end - 1)].ContainsAnyExcept(s_addressLiteral))
                return false;
        }
        var rest = text[end..];
        var name = end > 0 ? 0 : rest.IndexOfAnyExcept(s_hostName);
        return name < 0 || name == rest.Length || IsPort(rest[name..]);
    }

    // A client that takes the server for a proxy, as servers must allow (§3.2.2).
    private static bool IsAbsolute(ReadOnlySpan<byte> target)
    {
        var schemeEnd = target.IndexOf("://"u8);
        if (schemeEnd < 0)
            return false;
        var scheme = target[..schemeEnd];
        if (!Ascii.EqualsIgnoreCase(scheme, "http"u8) && !Ascii.EqualsIgnoreCase(scheme, "https"u8))
            return false;
        var authority = target[(schemeEnd + 3)..];
        var authorityEnd = authority.IndexOfAny("/?"u8);
        authority = authorityEnd < 0 ? authority : authority[..authorityEnd];
        return !authority.IsEmpty && authority[0] != ':' && IsHost(authority);
    }

    private static bool IsPort(ReadOnlySpan<byte> text) =>
        text[0] == ':' && !text[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
