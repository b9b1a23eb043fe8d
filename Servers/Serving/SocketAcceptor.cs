using System.Net.Sockets;
using C10k.Hosting;
using C10k.Linux;
using Socket = System.Net.Sockets.Socket;

namespace C10k.Servers.Serving;

/// <summary>Accepts for the models that use the runtime's own sockets, with the options and the care for descriptors that all models share.</summary>
internal sealed class SocketAcceptor(Listener listener, CancellationToken stop) : IDisposable
{
    private const int PauseMs = 10;

    private readonly Socket _socket = new(new SafeSocketHandle(listener.Descriptor, ownsHandle: false));

    /// <summary>Waits for the next client; null when the server stops.</summary>
    public async Task<Socket?> Accept()
    {
        while (true)
        {
            try
            {
                var client = await _socket.AcceptAsync(stop);
                if (Admits(client))
                    return client;
                client.Dispose();
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return null;
            }
            catch (SocketException)
            {
                // Out of descriptors, or the connection was lost in the queue. The pause keeps the former from burning a CPU.
                await Task.Delay(PauseMs, CancellationToken.None);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private bool Admits(Socket client)
    {
        var descriptor = (int)client.Handle;
        Syscall.SetNoDelay(descriptor);
        return listener.HasRoomFor(descriptor);
    }
}
