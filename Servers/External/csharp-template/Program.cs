using C10k.Hosting;

return ServerHost.Run(args, new MyModel());

/// <summary>A thread for each client. Change how it waits: that is what models differ in.</summary>
internal sealed class MyModel : IServerModel
{
    public ModelInfo Info { get; } = new("csharp-template", "external", "A thread for each client (C#).", "you");

    public void Serve(ServerContext context, CancellationToken stop)
    {
        using var listener = context.Listen(nonBlocking: false, stop);
        context.Ready(listener);
        while (listener.Accept() is { IsConnection: true } accepted)
            new Thread(() => ServeClient(accepted.Descriptor, context)) { IsBackground = true }.Start();
    }

    private static void ServeClient(int descriptor, ServerContext context)
    {
        BlockingConnection.Serve(descriptor, context.NewConversation());
        C10k.Linux.Syscall.Close(descriptor);
    }
}
