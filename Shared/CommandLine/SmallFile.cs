using System.Security.Cryptography;

namespace C10k.CommandLine;

/// <summary>Reads what a person wrote or named: a server.json, a workload, a token. No such file is large.</summary>
public static class SmallFile
{
    /// <summary>1 MiB, in bytes.</summary>
    public const int Limit = 1 << 20;

    /// <summary>All of its bytes. A pipe will do: shells make one of <c>&lt;(…)</c>.</summary>
    /// <exception cref="IOException">It cannot be read, or does not end within the limit.</exception>
    public static byte[] ReadBytes(string path)
    {
        using var file = File.OpenRead(path);
        // The length of a device or pipe says nothing: /dev/zero is 0 bytes long, and never ends.
        var content = new byte[Limit + 1];
        var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return length <= Limit ? content[..length] : throw new IOException("has more than 1 MiB");
    }

    /// <summary>The same as text: UTF-8, or what its byte order mark says.</summary>
    /// <exception cref="IOException">It cannot be read, or does not end within the limit.</exception>
    public static string ReadText(string path) => ToText(ReadBytes(path));

    /// <summary>What was read as text: UTF-8, or what its byte order mark says.</summary>
    public static string ToText(byte[] content)
    {
        using var text = new StreamReader(new MemoryStream(content));
        return text.ReadToEnd();
    }

    /// <summary>By which what was read is known again: SHA-256, in hexadecimal digits.</summary>
    public static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
