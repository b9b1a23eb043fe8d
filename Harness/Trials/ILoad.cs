using C10k.Contract;
using C10k.Nodes;

namespace C10k.Harness.Trials;

/// <summary>Load that is ordered and tells how it went.</summary>
internal interface ILoad
{
    /// <summary>Gives an order and waits for its answer.</summary>
    /// <exception cref="NodeException">No answer came in time, or it ended, or answered something else.</exception>
    TAnswer Order<TAnswer>(LoadOrder order, TimeSpan duration)
        where TAnswer : LoadAnswer;

    /// <summary>Waits for one more answer.</summary>
    /// <exception cref="NodeException">The same.</exception>
    TAnswer Receive<TAnswer>(TimeSpan duration)
        where TAnswer : LoadAnswer;
}
