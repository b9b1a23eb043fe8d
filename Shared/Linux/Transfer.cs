namespace C10k.Linux;

/// <summary>
/// What one receive or send did, in the kernel's own convention: the bytes moved, 0 for end of stream, or minus errno.
/// A failure of a connection is an everyday event for a server, so it is a value and no exception.
/// </summary>
public readonly record struct Transfer(int Result)
{
    /// <summary>Bytes were moved; <see cref="Result"/> says how many.</summary>
    public bool Moved => Result > 0;

    /// <summary>The descriptor is non-blocking and has nothing to give, or no room to take.</summary>
    public bool WouldBlock => Result == -(int)Errno.EAGAIN;

    /// <summary>The peer has closed its side (receive only).</summary>
    public bool Ended => Result == 0;

    /// <summary>The connection is lost: reset, broken pipe, timed out.</summary>
    public bool Failed => Result < 0 && !WouldBlock;

    /// <summary>Why it failed, or <see cref="Errno.None"/>.</summary>
    public Errno Errno => Result < 0 ? (Errno)(-Result) : Errno.None;
}
