using System.Numerics;
using C10k.Linux;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// select(2): the descriptors of interest are bits in a set, which the kernel overwrites with those that are ready; so the sets are
/// copied before every call and searched after it, from the first descriptor to the highest. The famous limit of 1,024 belongs to the C
/// library's fd_set, not to the kernel: these sets are as long as they need to be.
/// </summary>
internal sealed class SelectPoller : IPoller
{
    private const int WordBits = 64;

    private ulong[] _wantRead = new ulong[16];
    private ulong[] _wantWrite = new ulong[16];
    private ulong[] _read = new ulong[16];
    private ulong[] _write = new ulong[16];
    private Ready[] _ready = new Ready[16 * WordBits];
    private int _highest;

    public bool IsEdgeTriggered => false;

    public void Watch(int descriptor)
    {
        _highest = Math.Max(_highest, descriptor);
        if (descriptor / WordBits >= _wantRead.Length)
            Grow(Math.Max(descriptor / WordBits + 1, 2 * _wantRead.Length));
        Change(descriptor, Interest.Read);
    }

    public void Change(int descriptor, Interest now)
    {
        Set(_wantRead, descriptor, now == Interest.Read);
        Set(_wantWrite, descriptor, now == Interest.Write);
    }

    public void Forget(int descriptor) => Change(descriptor, Interest.Closed);

    public ReadOnlySpan<Ready> Wait(TimeSpan? limit)
    {
        var words = _highest / WordBits + 1;
        _wantRead.AsSpan(0, words).CopyTo(_read);
        _wantWrite.AsSpan(0, words).CopyTo(_write);
        return Syscall.WaitSelect(_highest + 1, _read, _write, limit) == 0 ? [] : FindReady(words);
    }

    public void Dispose() { }

    private ReadOnlySpan<Ready> FindReady(int words)
    {
        var found = 0;
        for (var word = 0; word < words; word++)
        {
            for (var bits = _read[word] | _write[word]; bits != 0; bits &= bits - 1)
                _ready[found++] = new Ready(word * WordBits + BitOperations.TrailingZeroCount(bits));
        }
        return _ready.AsSpan(0, found);
    }

    private void Grow(int words)
    {
        Array.Resize(ref _wantRead, words);
        Array.Resize(ref _wantWrite, words);
        Array.Resize(ref _read, words);
        Array.Resize(ref _write, words);
        Array.Resize(ref _ready, words * WordBits);
    }

    private static void Set(ulong[] set, int descriptor, bool on)
    {
        var bit = 1ul << (descriptor % WordBits);
        ref var word = ref set[descriptor / WordBits];
        word = on ? word | bit : word & ~bit;
    }
}
