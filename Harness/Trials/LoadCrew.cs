using C10k.Contract;
using C10k.Nodes;

namespace C10k.Harness.Trials;

/// <summary>
/// One or more load generators, each with its share of the clients, that act as one: an order goes to all at the same moment, and is done
/// when all have answered, which is the barrier before the next. One that is lost among several is left behind with its clients.
/// </summary>
internal sealed class LoadCrew : ILoad, IDisposable
{
    private readonly List<Member> _members = [];
    private readonly List<LostLoad> _lost = [];
    private readonly Action<string> _log;

    /// <summary>Starts one on each node that gets a client.</summary>
    /// <param name="start">Starts one for so many clients.</param>
    /// <exception cref="NodeException">One could not be started; then none runs.</exception>
    public LoadCrew(IReadOnlyList<INode> nodes, int clients, Func<INode, int, LoadProcess> start, Action<string> log)
    {
        _log = log;
        try
        {
            for (var i = 0; i < nodes.Count; i++)
            {
                if (Share(i + 1) - Share(i) is > 0 and var share)
                    _members.Add(new Member(nodes[i].Name, share, start(nodes[i], share)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }

        int Share(int i) => (int)((long)clients * i / nodes.Count);
    }

    /// <summary>Those that were left behind.</summary>
    public IReadOnlyList<LostLoad> Lost => _lost;

    /// <exception cref="NodeException">None of them answered as it should.</exception>
    public TAnswer Order<TAnswer>(LoadOrder order, TimeSpan duration)
        where TAnswer : LoadAnswer
    {
        if (_members is [var only])
            only.Load.Give(order);
        else
            Task.WaitAll([.. _members.Select(member => Task.Run(() => member.Load.Give(order)))]);
        return Receive<TAnswer>(duration);
    }

    /// <exception cref="NodeException">None of them answered as it should.</exception>
    public TAnswer Receive<TAnswer>(TimeSpan duration)
        where TAnswer : LoadAnswer
    {
        var answers = new List<TAnswer>();
        foreach (var member in _members.ToList())
        {
            try
            {
                answers.Add(member.Load.Receive<TAnswer>(duration));
            }
            catch (NodeException gone) when (_members.Count > 1)
            {
                Leave(member, gone.Message);
            }
        }
        return (TAnswer)MergedAnswer.Of([.. answers]);
    }

    /// <summary>Waits for all to end by themselves.</summary>
    public void WaitForExit(TimeSpan timeout)
    {
        foreach (var member in _members)
            member.Load.WaitForExit(timeout);
    }

    /// <summary>Ends them all.</summary>
    public void Dispose()
    {
        foreach (var member in _members)
            member.Load.Dispose();
    }

    // The last one is never left: its failure is the failure of the case.
    private void Leave(Member member, string why)
    {
        var lost = new LostLoad(member.Node, member.Clients, why);
        _log(lost.ToString());
        _lost.Add(lost);
        _members.Remove(member);
        member.Load.Dispose();
    }

    private sealed record Member(string Node, int Clients, LoadProcess Load);
}
