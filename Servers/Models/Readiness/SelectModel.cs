using System.Numerics;
using C10k.Hosting;
using C10k.Linux;
using C10k.Servers.Serving;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// One thread and select(2). The descriptors of interest are bits in a set, which the kernel overwrites with those that are ready; so
/// the set is copied before every call and searched after it, from the first descriptor to the highest. The famous limit of 1,024
/// belongs to the C library's fd_set, not to the kernel: these sets are as long as they need to be.
/// </summary>
internal sealed class SelectModel : IServerModel
{
    public ModelInfo Info { get; } =
        new(
            "select",
            "readiness",
            "One thread; every call copies a set of bits, one for each descriptor, in and out (select).",
            "the first event-driven servers, portable tools"
        )
        {
            UsesCpus = 1,
        };

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var listener = context.Listen(nonBlocking: true, stop);
        var loop = new Loop(listener, new ConnectionTable(context));
        context.Ready(listener);
        loop.Run();
    }

    private sealed class Loop(Listener listener, ConnectionTable connections)
    {
        private readonly LoopBuffers _buffers = new();
        private readonly DescriptorSet _wantRead = new();
        private readonly DescriptorSet _wantWrite = new();
        private readonly DescriptorSet _canRead = new();
        private readonly DescriptorSet _canWrite = new();
        private int _highest;

        public void Run()
        {
            Watch(listener.Descriptor);
            while (ServeReady()) { }
            connections.CloseAll();
        }

        // False when the listener was stopped.
        private bool ServeReady()
        {
            _canRead.CopyFrom(_wantRead);
            _canWrite.CopyFrom(_wantWrite);
            if (Syscall.WaitSelect(_highest + 1, _canRead.Words, _canWrite.Words) == 0)
                return true;
            var listenerReady = _canRead.Remove(listener.Descriptor);
            ServeAll(_canRead);
            ServeAll(_canWrite);
            return !listenerReady || AcceptAll();
        }

        private void ServeAll(DescriptorSet ready)
        {
            for (var word = 0; word <= _highest / 64; word++)
            {
                for (var bits = ready.Words[word]; bits != 0; bits &= bits - 1)
                    ServeConnection(connections[word * 64 + BitOperations.TrailingZeroCount(bits)]);
            }
        }

        private bool AcceptAll()
        {
            Accepted accepted;
            while ((accepted = listener.Accept()).IsConnection)
                Watch(connections.Add(accepted.Descriptor).Descriptor);
            return accepted != Accepted.Stopped;
        }

        private void ServeConnection(Connection connection)
        {
            var before = connection.Interest;
            var after = connection.Proceed(_buffers);
            if (after == before)
                return;
            _wantRead.Set(connection.Descriptor, after == Interest.Read);
            _wantWrite.Set(connection.Descriptor, after == Interest.Write);
            if (after == Interest.Closed)
                connections.Close(connection);
        }

        private void Watch(int descriptor)
        {
            _highest = Math.Max(_highest, descriptor);
            foreach (var set in (ReadOnlySpan<DescriptorSet>)[_wantRead, _wantWrite, _canRead, _canWrite])
                set.Reserve(descriptor);
            _wantRead.Set(descriptor, true);
        }
    }

    /// <summary>A set of descriptors, a bit for each, as long as it needs to be.</summary>
    private sealed class DescriptorSet
    {
        private ulong[] _words = new ulong[16];

        public Span<ulong> Words => _words;

        public void Reserve(int descriptor)
        {
            if (descriptor / 64 >= _words.Length)
                Array.Resize(ref _words, Math.Max(descriptor / 64 + 1, 2 * _words.Length));
        }

        public void Set(int descriptor, bool on)
        {
            var bit = 1ul << (descriptor % 64);
            _words[descriptor / 64] = on ? _words[descriptor / 64] | bit : _words[descriptor / 64] & ~bit;
        }

        public bool Remove(int descriptor)
        {
            var was = (_words[descriptor / 64] >> (descriptor % 64) & 1) != 0;
            Set(descriptor, false);
            return was;
        }

        public void CopyFrom(DescriptorSet other) => other._words.CopyTo(_words.AsSpan());
    }
}
