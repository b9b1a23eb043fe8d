using C10k.Contract;
using C10k.Hosting;
using C10k.Linux;
using C10k.Servers.Models.Processes;
using C10k.Servers.Models.Readiness;
using C10k.Servers.Serving;

namespace C10k.Servers.Worker;

/// <summary>What a worker can be told to do with the socket it is given: the same as the models of one process, in a process of its own.</summary>
internal static class Jobs
{
    /// <summary>Does what the master ordered; returns when that is done.</summary>
    public static void Do(WorkerOrder order)
    {
        switch (order.Job)
        {
            case WorkerOrder.ServeConnection:
                ServeConnection(order.Context);
                break;
            case WorkerOrder.ServeInThreads:
                ServeInThreads(order.Context);
                break;
            case WorkerOrder.ServeInLoop:
                ServeInLoop(order.Context);
                break;
            default:
                throw new InvalidOperationException($"there is no job '{order.Job}'");
        }
    }

    /// <summary>Serves the one connection that the master has accepted for it.</summary>
    private static void ServeConnection(ServerContext context) =>
        BlockingConnection.Serve(WorkerOrder.SocketDescriptor, context.NewConversation());

    /// <summary>Accepts and serves one client at a time in each of its threads, of which there may be only one.</summary>
    private static void ServeInThreads(ServerContext context)
    {
        using var listener = Listener.Inherit(WorkerOrder.SocketDescriptor, nonBlocking: false);
        new AcceptorThreads(listener, new LiveConnections(), context).Run(
            context.Number(WorkerOrder.Threads),
            ready: BeReady
        );
    }

    /// <summary>Accepts and serves all its clients in one event loop.</summary>
    private static void ServeInLoop(ServerContext context)
    {
        var sharesListener = context.Choice(WorkerOrder.Listener) == WorkerOrder.Shared;
        using var listener = Listener.Inherit(WorkerOrder.SocketDescriptor, nonBlocking: true);
        using var poller = new EpollPoller(edgeTriggered: true, sharesListener);
        BeReady();
        new ReadinessLoop(poller, listener, context).Run();
    }

    // The master waits for this byte; and should it end without taking us along, then so does the line to it.
    private static void BeReady()
    {
        Syscall.Send(WorkerOrder.LineDescriptor, [1]);
        new Thread(EndWithLine, maxStackSize: 128 * 1024) { IsBackground = true, Name = "line" }.Start();
    }

    private static void EndWithLine()
    {
        Span<byte> nothing = stackalloc byte[1];
        while (Syscall.Receive(WorkerOrder.LineDescriptor, nothing).Moved) { }
        Syscall.ExitNow(ExitCode.Failure);
    }
}
