using System.Text;

namespace C10k.CommandLine;

/// <summary>Standard output that may not take what is written: a full disk behind it is told as such, and as nothing else.</summary>
internal sealed class GuardedOutput(TextWriter inner) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>From now on whatever is written to the console goes through one.</summary>
    public static void Install()
    {
        // A whole text is handed on at once, as Console.Out does it.
        if (Console.IsOutputRedirected)
            Console.SetOut(new GuardedOutput(Console.Out));
    }

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"nothing can be written to stdout: {refused.Message}", refused);
        }
    }
}

/// <summary>Standard output does not take what is written.</summary>
internal sealed class OutputException(string message, Exception inner) : Exception(message, inner);
