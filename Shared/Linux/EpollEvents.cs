using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>
/// The array that epoll_wait fills. struct epoll_event is packed on x86-64 (12 bytes) and naturally aligned everywhere else
/// (16 bytes), so its layout is computed once instead of being declared twice.
/// </summary>
public sealed unsafe class EpollEvents : IDisposable
{
    private static readonly bool Packed = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    internal static readonly int Stride = Packed ? 12 : 16;
    private static readonly int DataOffset = Packed ? 4 : 8;

    private readonly byte* _events;

    /// <param name="capacity">How many events one wait may return.</param>
    public EpollEvents(int capacity)
    {
        Capacity = capacity;
        _events = (byte*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)Stride);
    }

    /// <summary>How many events one wait may return.</summary>
    public int Capacity { get; }

    internal byte* Address => _events;

    /// <summary>EPOLLIN, EPOLLOUT, … of event <paramref name="index"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Mask(int index) => *(uint*)(_events + (nint)index * Stride);

    /// <summary>What was registered with the descriptor of event <paramref name="index"/>: its number, by our convention.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Data(int index) => *(int*)(_events + (nint)index * Stride + DataOffset);

    internal static void Write(byte* target, uint mask, int data)
    {
        *(uint*)target = mask;
        *(long*)(target + DataOffset) = data;
    }

    /// <summary>Frees the array.</summary>
    public void Dispose() => NativeMemory.Free(_events);
}
