using C10k.Hosting;
using C10k.Servers.Models.Async;
using C10k.Servers.Models.Blocking;
using C10k.Servers.Models.Readiness;
using C10k.Servers.Models.Threads;

namespace C10k.Servers.Models;

/// <summary>Every model of this executable, in the order in which they are shown. A new one is a file beside the others and a line here.</summary>
internal static class Catalogue
{
    public static readonly IReadOnlyList<IServerModel> Models =
    [
        new BlockingModel(),
        new ThreadPerConnection(),
        new SelectModel(),
        new PollModel(),
        new EpollLevel(),
        new AsyncModel(),
    ];
}
