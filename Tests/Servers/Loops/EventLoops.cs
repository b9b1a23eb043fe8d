using C10k.Servers.Models.Loops;
using Xunit;

namespace C10k.Tests.Servers.Loops;

/// <summary>Event loops to test with, on each poller.</summary>
internal static class EventLoops
{
    public static TheoryData<string> Pollers => ["select", "poll", "epoll"];

    public static EventLoop On(string poller = "epoll") => new(LoopModel.CreatePoller(poller));

    /// <summary>Turns until the condition holds; every turn is ended by a descriptor or a timer, so that a loop that sleeps for ever shows as a hanging test.</summary>
    public static void TurnUntil(this EventLoop loop, Func<bool> condition)
    {
        while (!condition())
            loop.Turn();
    }
}
