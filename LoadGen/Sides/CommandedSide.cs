using C10k.Conversations;

namespace C10k.LoadGen.Sides;

/// <summary>
/// <c>echo</c> with <see cref="Commands"/>: in front of every message of some clients, and, once it was asked for, in front of the next
/// message that anybody sends.
/// </summary>
/// <param name="once">Asked for by whoever controls the load; threads share it, and one of them takes it.</param>
internal sealed class CommandedSide(LoadOptions options, CommandOnce once) : FrontedSide(options.Sizes)
{
    private readonly byte[] _command = Commands.ToBytes(options.Command!);
    private MessageId? _single;

    // Asked once for each request, when it begins.
    public override int RequestLength(MessageId id)
    {
        if (once.IsDue && once.Take())
            _single = id;
        return base.RequestLength(id);
    }

    protected override ReadOnlySpan<byte> FrontOf(MessageId id) =>
        options.Commands(id.Connection) || id == _single ? _command : default;
}

/// <summary>A command that is to be given once, by whoever speaks next.</summary>
internal sealed class CommandOnce
{
    private int _due;

    /// <summary>Whether it is still to be given.</summary>
    public bool IsDue => Volatile.Read(ref _due) > 0;

    /// <summary>Asks for it.</summary>
    public void Order() => Volatile.Write(ref _due, 1);

    /// <summary>True for one of those who try.</summary>
    public bool Take() => Interlocked.Exchange(ref _due, 0) > 0;
}
