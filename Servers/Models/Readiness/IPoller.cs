using C10k.Servers.Serving;

namespace C10k.Servers.Models.Readiness;

/// <summary>
/// A way to ask the kernel which descriptors are ready: the same few functions for each, as in redis' ae. What is behind them is what
/// the models of this family differ in.
/// </summary>
internal interface IPoller : IDisposable
{
    /// <summary>True when readiness is told once, as it comes, and not for as long as it lasts: then whoever is told has to drain the descriptor.</summary>
    bool IsEdgeTriggered { get; }

    /// <summary>Begins to watch a connection for reading.</summary>
    void Watch(int descriptor);

    /// <summary>Begins to watch a listener: told for as long as clients are in its queue, since accepting may fail for lack of memory.</summary>
    void WatchListener(int descriptor) => Watch(descriptor);

    /// <summary>Watches for something else from now on.</summary>
    void Change(int descriptor, Interest now);

    /// <summary>Forgets a descriptor that is about to be closed.</summary>
    void Forget(int descriptor);

    /// <summary>Forgets a descriptor that stays open; it may be watched again.</summary>
    void Unwatch(int descriptor) => Forget(descriptor);

    /// <summary>Waits until a descriptor is ready, or as long as <paramref name="limit"/> says; null is for ever. What it returns holds until the next call.</summary>
    ReadOnlySpan<Ready> Wait(TimeSpan? limit);
}

/// <summary>A descriptor that is ready.</summary>
/// <param name="HasEnded">The peer has closed its side, which an edge tells only once: everything up to the end has to be read now.</param>
internal readonly record struct Ready(int Descriptor, bool HasEnded = false);
