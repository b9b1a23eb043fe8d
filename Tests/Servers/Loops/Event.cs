using C10k.Linux;

namespace C10k.Tests.Servers.Loops;

/// <summary>A descriptor that is always writable, and readable from a signal to the next reset: see eventfd(2).</summary>
internal sealed class Event : IDisposable
{
    public int Descriptor { get; } = Syscall.CreateEventCounter();

    /// <summary>One that is readable already.</summary>
    public static Event Signalled()
    {
        var happened = new Event();
        happened.Signal();
        return happened;
    }

    public void Signal() => Syscall.Signal(Descriptor);

    public void Reset() => Syscall.Reset(Descriptor);

    public void Dispose() => Syscall.Close(Descriptor);
}
