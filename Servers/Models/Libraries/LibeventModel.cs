using C10k.Hosting;

namespace C10k.Servers.Models.Libraries;

/// <summary>
/// The event loop of a library: libevent owns the thread, waits in whichever way its back end does, and calls our callback with the
/// descriptor that is ready. One event belongs to each connection, and waits for reading, for writing or for a time, as the connection
/// says. What is measured here beside a readiness call is the price of the library between.
/// </summary>
internal sealed class LibeventModel : IServerModel
{
    private static readonly Parameter Backend = Parameter.Choice(
        "backend",
        "epoll",
        "the call that libevent waits with",
        EventBase.Backends
    );

    public ModelInfo Info { get; } =
        new(
            "libevent",
            "libraries",
            "One thread; callbacks on libevent 2.1, which waits with the back end that is asked for.",
            "memcached, Chromium, Tor, tmux",
            "With backend=select no client whose descriptor is 1024 or above: its set of bits ends there."
        )
        {
            Parameters = [Backend],
            UsesCpus = 1,
        };

    public string? WhyUnavailable() => Libevent.WhyUnavailable();

    public void Serve(ServerContext context, CancellationToken stop)
    {
        var backend = context.Choice(Backend.Name);
        using var listener = context.Listen(nonBlocking: true, stop);
        using var eventBase = new EventBase(backend);
        using var loop = new LibeventLoop(eventBase, listener, context, backend == "select");
        context.Ready(listener);
        loop.Run();
    }
}
