using C10k.Servers.Serving;

namespace C10k.Servers.Models.Loops;

/// <summary>
/// What code on an event loop waits for, as a value. A generator yields it and leaves it to the scheduler to arrange; curio calls it a
/// trap, since a program traps into the kernel in the same way.
/// </summary>
internal readonly struct Trap
{
    private readonly Interest _interest;
    private readonly int _descriptor;
    private readonly TimeSpan _delay;

    private Trap(Interest interest, int descriptor = -1, TimeSpan delay = default, IEnumerator<Trap>? nested = null)
    {
        (_interest, _descriptor, _delay) = (interest, descriptor, delay);
        Nested = nested;
    }

    /// <summary>The generator whose end is waited for; null when it is something else.</summary>
    public IEnumerator<Trap>? Nested { get; }

    /// <summary>Until the descriptor has something to receive or to accept.</summary>
    public static Trap Readable(int descriptor) => new(Interest.Read, descriptor);

    /// <summary>Until the descriptor can take more.</summary>
    public static Trap Writable(int descriptor) => new(Interest.Write, descriptor);

    /// <summary>Until the time is over.</summary>
    public static Trap Sleep(TimeSpan delay) => new(Interest.Timer, delay: delay);

    /// <summary>Until the other generator has ended: <c>yield return From(other)</c> is what Python calls <c>yield from</c>.</summary>
    public static Trap From(IEnumerator<Trap> nested) => new(Interest.Closed, nested: nested);

    /// <summary>Has the loop call back when it has come; a nested generator is for whoever runs the generators.</summary>
    public void Arrange(EventLoop loop, Action callback)
    {
        switch (_interest)
        {
            case Interest.Read:
                loop.WhenReadable(_descriptor, callback);
                break;
            case Interest.Write:
                loop.WhenWritable(_descriptor, callback);
                break;
            case Interest.Timer:
                loop.After(_delay, callback);
                break;
            default:
                throw new InvalidOperationException("an event loop knows nothing of generators");
        }
    }
}
