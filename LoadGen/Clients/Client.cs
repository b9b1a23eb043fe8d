namespace C10k.LoadGen.Clients;

/// <summary>Where a client stands.</summary>
internal enum ClientState : byte
{
    /// <summary>Not yet connected.</summary>
    Waiting,

    /// <summary>A connect is under way.</summary>
    Connecting,

    /// <summary>As <see cref="Connecting"/>, but for so long that the next one no longer waits for it.</summary>
    ConnectingSlowly,

    /// <summary>Connected, with nothing asked.</summary>
    Idle,

    /// <summary>A request is sent, or being sent, and its reply is not complete.</summary>
    Asking,

    /// <summary>Lost, for a reason that was counted.</summary>
    Gone,
}

/// <summary>All that is kept for a client: 48 bytes, in one array a thread.</summary>
internal struct Client
{
    /// <summary>When the connect or the request began, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public long Since;

    /// <summary>Complete replies since measuring began.</summary>
    public long Replies;

    public int Descriptor;

    /// <summary>Bytes of the current message that were sent.</summary>
    public int Sent;

    /// <summary>Bytes of the current reply that were received.</summary>
    public int Received;

    /// <summary>The number of the current message on this connection.</summary>
    public uint Sequence;

    public ClientState State;
}
