namespace C10k.Conversations.Http;

/// <summary>What <see cref="LineCutter"/> found.</summary>
internal enum LineEnd
{
    /// <summary>The line goes on.</summary>
    NotYet,

    /// <summary>A line that ends with CRLF.</summary>
    Found,

    /// <summary>A line feed without a carriage return before it. RFC 9112 §2.2 lets a server take it for a line's end; two servers in a row that see lines in different places are how requests are smuggled.</summary>
    BareLineFeed,

    /// <summary>More bytes than a line may have.</summary>
    TooLong,
}

/// <summary>Cuts lines out of what was received. What it has searched once it does not search again, however slowly the bytes come.</summary>
internal struct LineCutter
{
    /// <summary>How many bytes end a line.</summary>
    public const int EndBytes = 2;

    private int _searched;

    /// <summary>Takes the first line, without its end.</summary>
    /// <param name="maxBytes">How long it may be, with its end.</param>
    public LineEnd TryCut(ReadOnlySpan<byte> received, int maxBytes, out ReadOnlySpan<byte> line)
    {
        line = default;
        var end = received[_searched..].IndexOf((byte)'\n');
        if (end < 0)
        {
            _searched = received.Length;
            return received.Length >= maxBytes ? LineEnd.TooLong : LineEnd.NotYet;
        }
        end += _searched;
        _searched = 0;
        if (end >= maxBytes)
            return LineEnd.TooLong;
        if (end == 0 || received[end - 1] != '\r')
            return LineEnd.BareLineFeed;
        line = received[..(end - 1)];
        return LineEnd.Found;
    }
}
