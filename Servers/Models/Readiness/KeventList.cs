using System.Runtime.InteropServices;
using C10k.Linux;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// An array of struct kevent as libkqueue declares it, see its sys/event.h.
/// </summary>
internal sealed unsafe class KeventList(int capacity) : IDisposable
{
    public const short EVFILT_READ = -1;
    public const short EVFILT_WRITE = -2;
    public const ushort EV_ADD = 0x0001;
    public const ushort EV_DELETE = 0x0002;
    public const ushort EV_ERROR = 0x4000;

    internal const int IdentOffset = 0;
    internal const int FilterOffset = 8;
    internal const int FlagsOffset = 10;
    internal const int DataOffset = 16;
    internal const int Stride = 32;

    private readonly byte* _events = (byte*)NativeMemory.AllocZeroed((nuint)(capacity * Stride));

    public int Capacity => capacity;

    /// <summary>How many were added.</summary>
    public int Count { get; private set; }

    public byte* Address => _events;

    public void Add(int descriptor, short filter, ushort flags)
    {
        var entry = _events + Count++ * Stride;
        *(nint*)(entry + IdentOffset) = descriptor;
        *(short*)(entry + FilterOffset) = filter;
        *(ushort*)(entry + FlagsOffset) = flags;
    }

    public void Clear() => Count = 0;

    public int Descriptor(int index) => (int)*(nint*)(_events + index * Stride + IdentOffset);

    /// <summary>A change that failed comes back as an event; its data is the errno.</summary>
    public void ThrowIfError(int index)
    {
        var entry = _events + index * Stride;
        if ((*(ushort*)(entry + FlagsOffset) & EV_ERROR) != 0)
            throw new SystemCallException("kevent", (Errno)(*(nint*)(entry + DataOffset)));
    }

    public void Dispose() => NativeMemory.Free(_events);
}
