using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using C10k.Hosting;

namespace C10k.Servers.Models.Runtime;

/// <summary>
/// A socket with a pipe for each direction, and a loop for each pipe: one receives into the first until the stream ends, the other sends
/// what stands in the second until that is completed. Seen from the application it is the two ends in the middle.
/// </summary>
internal sealed class SocketPipes(Socket socket) : IDuplexPipe
{
    private const int ScratchBytes = 4096;

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

    /// <summary>Runs both loops and the application between them, until it has completed its ends and all it wrote is sent.</summary>
    public async Task Serve(Func<IDuplexPipe, Task> application)
    {
        var receiving = ReceiveAll();
        var sending = SendAll();
        await application(this);
        await sending;
        if (!receiving.IsCompleted || !await receiving)
            await Linger();
    }

    // Receives until the client has sent its last byte or the connection is lost; false when nobody reads any more.
    private async Task<bool> ReceiveAll()
    {
        var pipe = _received.Writer;
        var hasEnded = false;
        try
        {
            int count;
            do
            {
                // An empty receive waits for bytes without a buffer for them: memory is rented when there is something to put in.
                await socket.ReceiveAsync(Memory<byte>.Empty);
                count = await socket.ReceiveAsync(pipe.GetMemory());
                pipe.Advance(count);
            } while (count > 0 && !(await pipe.FlushAsync()).IsCompleted);
            hasEnded = count == 0;
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            hasEnded = true; // To the application it is all the same; its replies will go nowhere.
        }
        await pipe.CompleteAsync();
        return hasEnded;
    }

    // Sends until the last reply is out or the connection is lost.
    private async Task SendAll()
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

    // The loop that receives may still wait for a piece, which nobody will read, and ends with it.
    private async Task Linger()
    {
        var scratch = ArrayPool<byte>.Shared.Rent(ScratchBytes);
        await LingeringClose.Linger(socket, scratch, CancellationToken.None);
        ArrayPool<byte>.Shared.Return(scratch);
    }
}
