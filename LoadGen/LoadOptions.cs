using System.Net;

namespace C10k.LoadGen;

/// <summary>What load to make, and against whom.</summary>
/// <param name="Target">The server.</param>
/// <param name="Clients">How many connections.</param>
/// <param name="Threads">How many threads share them.</param>
/// <param name="MessageBytes">The length of each message.</param>
/// <param name="ConnectTimeout">How long a connect may take before it counts as failed.</param>
internal sealed record LoadOptions(
    IPEndPoint Target,
    int Clients,
    int Threads,
    int MessageBytes,
    TimeSpan ConnectTimeout
);
