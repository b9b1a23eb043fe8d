namespace C10k.LoadGen.Clients;

/// <summary>Where a client stands.</summary>
internal enum ClientState : byte
{
    /// <summary>Not connected, and going to be.</summary>
    Waiting,

    /// <summary>A connect is under way.</summary>
    Connecting,

    /// <summary>As <see cref="Connecting"/>, but for so long that the next one no longer waits for it.</summary>
    ConnectingSlowly,

    /// <summary>The connection stands.</summary>
    Connected,

    /// <summary>Lost for good, for a reason that was counted; or at its end.</summary>
    Gone,
}

/// <summary>What else is to be remembered of a client.</summary>
[Flags]
internal enum ClientMarks : byte
{
    None = 0,

    /// <summary>It asks; the others only keep their connection.</summary>
    Active = 1,

    /// <summary>A timer runs that lets it ask.</summary>
    TimedToAsk = 2,

    /// <summary>A timer runs that lets it read.</summary>
    TimedToRead = 4,

    /// <summary>It could go on at once, and waits until the others had their turn.</summary>
    InLine = 8,

    /// <summary>The server's end of the stream was announced and is not read yet.</summary>
    EndAnnounced = 16,

    /// <summary>It reads slowly.</summary>
    Slow = 32,

    /// <summary>Its messages carry a command: it is not among those whose figures are asked for.</summary>
    Commander = 64,
}

/// <summary>All that is kept for every client: 48 bytes, in one array a thread. What only some loads need is kept elsewhere.</summary>
internal struct Client
{
    /// <summary>When the connect or the last request began, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long Since;

    public int Descriptor;

    /// <summary>The length of the request that is being sent, or was sent last.</summary>
    public int SendLength;

    /// <summary>Bytes of it that were sent.</summary>
    public int Sent;

    /// <summary>Bytes of the current reply that were received.</summary>
    public int Received;

    /// <summary>The length of the current reply, for those conversations that learn it from the reply.</summary>
    public int ReplyLength;

    /// <summary>Requests begun since the beginning. It is the number of the last one; no two of a client are alike.</summary>
    public uint Asked;

    /// <summary>Requests that are no longer under way. The next reply belongs to the next number.</summary>
    public uint Answered;

    /// <summary><see cref="Asked"/> when this connection was established.</summary>
    public uint Born;

    /// <summary>Complete replies since measuring began.</summary>
    public uint Replies;

    public ClientState State;
    public ClientMarks Marks;

    /// <summary>Requests that are under way.</summary>
    public readonly uint UnderWay => Asked - Answered;

    public readonly bool Has(ClientMarks mark) => (Marks & mark) != ClientMarks.None;
}
