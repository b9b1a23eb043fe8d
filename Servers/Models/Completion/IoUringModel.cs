using System.Numerics;
using C10k.Hosting;
using C10k.Linux;

namespace C10k.Servers.Models.Completion;

/// <summary>
/// io_uring: completion instead of readiness. All that a server asks of the kernel goes through two queues in shared memory, so that
/// one system call in each turn of the loop hands over everything that is to be done and fetches everything that was done.
/// </summary>
internal sealed class IoUringModel : IServerModel
{
    private const string EntriesParameter = "entries";

    public ModelInfo Info { get; } =
        new(
            "io-uring",
            "completion",
            "One thread; accepts, receives and sends through io_uring's queues, one system call a turn.",
            "newer servers and runtimes: TigerBeetle, ScyllaDB, QEMU, libuv for files",
            "Needs Linux 6.0, and a kernel and a container that allow io_uring."
        )
        {
            UsesCpus = 1,
            Parameters =
            [
                Parameter.Number(
                    EntriesParameter,
                    "256",
                    "Operations that one system call can submit, and buffers of 4 KiB to receive into; rounded up to a power of two.",
                    8,
                    32 * 1024
                ),
            ],
        };

    public string? WhyUnavailable()
    {
        try
        {
            using var ring = new Ring(entries: 8);
            return null;
        }
        catch (SystemCallException refused)
        {
            return RingRefusal.Explain(refused);
        }
    }

    public void Serve(ServerContext context, CancellationToken stop)
    {
        var entries = (int)BitOperations.RoundUpToPowerOf2((uint)context.Number(EntriesParameter));
        // Blocking: an operation on a non-blocking socket would fail where it should wait.
        using var listener = context.Listen(nonBlocking: false, stop);
        using var ring = new Ring(entries);
        using var received = new ReceiveBuffers(ring, entries);
        context.Ready(listener);
        new RingLoop(ring, received, listener, context).Run();
    }
}
