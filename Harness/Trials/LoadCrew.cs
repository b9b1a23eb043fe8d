using C10k.Contract;
using C10k.Nodes;

namespace C10k.Harness.Trials;

/// <summary>
/// One or more load generators, each with its share of the clients, that act as one: an order goes to all at the same moment, and is done
/// when all have answered, which is the barrier before the next. One that is lost among several, or has no connection, is left behind with
/// its clients.
/// </summary>
internal sealed class LoadCrew : ILoad, IDisposable
{
    private readonly List<Member> _members = [];
    private readonly List<LostLoad> _lost = [];
    private readonly Action<string> _log;
    private CancellationToken _stop;

    /// <summary>Starts one on each node that gets a client.</summary>
    /// <param name="start">Starts one for so many clients.</param>
    /// <exception cref="NodeException">One could not be started; then none runs.</exception>
    public LoadCrew(
        IReadOnlyList<INode> nodes,
        int clients,
        Func<INode, LoadShare, LoadProcess> start,
        Action<string> log,
        CancellationToken stop
    )
    {
        _log = log;
        _stop = stop;
        try
        {
            foreach (var (node, share) in nodes.Zip(LoadShare.Deal(clients, nodes.Count)))
            {
                if (share.Clients > 0)
                    _members.Add(new Member(node.Name, share.Clients, start(node, share)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Those that were left behind.</summary>
    public IReadOnlyList<LostLoad> Lost => _lost;

    /// <exception cref="NodeException">None of them answered as it should.</exception>
    public TAnswer Order<TAnswer>(LoadOrder order, TimeSpan duration)
        where TAnswer : LoadAnswer
    {
        // A command is given once, by one client of one generator.
        var whom = order is CommandOrder ? _members.Take(1).ToList() : _members;
        if (whom is [var only])
            only.Load.Give(order);
        else
            Task.WaitAll(
                [.. whom.Select(member => Task.Run(() => member.Load.Give(order), CancellationToken.None))],
                CancellationToken.None
            );
        return Receive<TAnswer>(duration, whom);
    }

    /// <exception cref="NodeException">None of them answered as it should.</exception>
    public TAnswer Receive<TAnswer>(TimeSpan duration)
        where TAnswer : LoadAnswer => Receive<TAnswer>(duration, _members);

    /// <summary>From now on an interruption of the run does not break off the wait for an answer.</summary>
    public void GoOnWhenInterrupted() => _stop = CancellationToken.None;

    /// <summary>Brings the load to its end, and waits for the ends of all processes.</summary>
    /// <exception cref="NodeException">None of them answered as it should.</exception>
    public StoppedAnswer Finish(TimeSpan patience)
    {
        var stopped = Order<StoppedAnswer>(new StopOrder(), patience);
        WaitForExit(patience);
        return stopped;
    }

    /// <summary>Asks all processes to end, whatever they do (SIGTERM).</summary>
    public void Stop(TimeSpan grace)
    {
        foreach (var member in _members)
            member.Load.Stop(grace);
    }

    private TAnswer Receive<TAnswer>(TimeSpan duration, IReadOnlyList<Member> whom)
        where TAnswer : LoadAnswer
    {
        var answers = new List<TAnswer>();
        foreach (var member in whom.ToList())
        {
            try
            {
                var answer = member.Load.Receive<TAnswer>(duration, _stop);
                answers.Add(answer);
                // It would measure nothing, and the others would wait for its windows.
                if (answer is ConnectedAnswer { Connected: 0 } alone && _members.Count > 1)
                    Leave(member, $"no client of it could connect: {alone.Errors}");
            }
            catch (NodeException gone) when (_members.Count > 1 && whom.Count > 1)
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
