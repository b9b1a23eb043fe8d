using System.IO.Pipelines;
using System.Net.Sockets;

namespace C10k.Servers.Models.Async;

/// <summary>
/// A socket with a pipe for each direction, and a loop for each pipe: one receives into the first until the stream ends, the other sends
/// what stands in the second until that is completed. Seen from the application it is the two ends in the middle.
/// </summary>
internal sealed class SocketPipes(Socket socket) : IDuplexPipe
{
    // A loop goes on where the other side of its pipe was written or read, without a detour by the thread pool's queue.
    private static readonly PipeOptions Options = new(
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        useSynchronizationContext: false
    );

    private readonly Pipe _received = new(Options);
    private readonly Pipe _toSend = new(Options);

    public PipeReader Input => _received.Reader;

    public PipeWriter Output => _toSend.Writer;

    /// <summary>Receives until the client has sent its last byte, the connection is lost, or nobody reads any more.</summary>
    public async Task ReceiveAll()
    {
        var pipe = _received.Writer;
        try
        {
            FlushResult flushed;
            do
            {
                // An empty receive waits for bytes without a buffer for them: memory is rented when there is something to put in.
                await socket.ReceiveAsync(Memory<byte>.Empty);
                var count = await socket.ReceiveAsync(pipe.GetMemory());
                if (count == 0)
                    break;
                pipe.Advance(count);
                flushed = await pipe.FlushAsync();
            } while (!flushed.IsCompleted);
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            // To the application a lost connection is as good as an ended one; its replies will go nowhere.
        }
        await pipe.CompleteAsync();
    }

    /// <summary>Sends until the last reply is out or the connection is lost.</summary>
    public async Task SendAll()
    {
        var pipe = _toSend.Reader;
        try
        {
            ReadResult read;
            do
            {
                read = await pipe.ReadAsync();
                foreach (var piece in read.Buffer)
                {
                    for (var rest = piece; !rest.IsEmpty; )
                        rest = rest[await socket.SendAsync(rest)..];
                }
                pipe.AdvanceTo(read.Buffer.End);
            } while (!read.IsCompleted);
        }
        catch (SocketException)
        {
            // The application is told by its next flush that nobody takes its replies any more.
        }
        await pipe.CompleteAsync();
    }
}
