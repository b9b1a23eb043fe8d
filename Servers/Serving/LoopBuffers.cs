using System.Buffers;

namespace C10k.Servers.Serving;

/// <summary>The two buffers that all connections of one event loop share: only one of them is served at a time.</summary>
internal sealed class LoopBuffers
{
    private const int Bytes = 64 * 1024;

    public byte[] Received { get; } = GC.AllocateUninitializedArray<byte>(Bytes, pinned: true);

    public ArrayBufferWriter<byte> Reply { get; } = new(Bytes);
}
