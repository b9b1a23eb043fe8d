using System.Globalization;
using System.Net;
using C10k.CommandLine;
using C10k.Harness.Planning;

namespace C10k.Harness.Trials;

/// <summary>The command lines of both sides of a case: what its workload asks of each.</summary>
internal static class CaseCommands
{
    /// <summary>How long a connect may take before it counts as failed.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What follows the name of the model.</summary>
    public static IReadOnlyList<string> OfServer(Workload workload)
    {
        var arguments = new Arguments();
        arguments.Add("--port", "0");
        arguments.Add("--conversation", workload.Conversation);
        if (workload.Wait > TimeSpan.Zero)
            arguments.Add("--wait", Quantities.Format(workload.Wait));
        if (workload.Cpu > TimeSpan.Zero)
            arguments.Add("--cpu", Quantities.Format(workload.Cpu));
        if (workload.Command is not null)
            arguments.Add("--allow-faults");
        return arguments.All;
    }

    /// <summary>All arguments of the load generator.</summary>
    /// <param name="rate">Requests per second of an open loop, of all clients; null for a closed one.</param>
    /// <param name="share">Which of the clients are its.</param>
    /// <param name="threads">How many it has.</param>
    public static IReadOnlyList<string> OfLoad(
        PlannedCase planned,
        int messageBytes,
        IPEndPoint server,
        double? rate,
        LoadShare share,
        int threads
    )
    {
        var workload = planned.Workload;
        var arguments = new Arguments();
        arguments.Add("--control");
        arguments.Add("--target", server.ToString());
        arguments.Add("--clients", ToText(share.Clients));
        arguments.Add("--threads", ToText(threads));
        arguments.Add("--size", workload.Size ?? ToText(messageBytes));
        arguments.Add("--connect-timeout", Quantities.Format(ConnectTimeout));
        if (workload.Conversation != "echo")
            arguments.Add("--conversation", workload.Conversation);
        AddPace(arguments, workload, rate * share.Clients / share.All);
        AddClients(arguments, workload, share);
        return arguments.All;
    }

    private static void AddPace(Arguments arguments, Workload workload, double? rate)
    {
        if (workload.Think is { } think)
            arguments.Add("--think", think.ToString());
        if (rate is { } requests)
            arguments.Add("--rate", requests.ToString("0.###", CultureInfo.InvariantCulture));
        if (rate is not null && workload.IsPoisson)
            arguments.Add("--arrivals", "poisson");
        if (workload.Pipeline > 1)
            arguments.Add("--pipeline", ToText(workload.Pipeline));
    }

    private static void AddClients(Arguments arguments, Workload workload, LoadShare share)
    {
        if (workload.Active is { } active)
            arguments.Add("--active", ToText(share.Of(active)));
        if (workload.RequestsPerConnection > 0)
            arguments.Add("--requests-per-connection", ToText(workload.RequestsPerConnection));
        if (workload.ConnectAtOnce)
            arguments.Add("--connect-at-once");
        if (workload.ReadRate > 0)
            arguments.Add("--read-rate", ToText(workload.ReadRate));
        if (workload.SlowReaders is { } slow)
            arguments.Add("--slow-readers", ToText(share.Of(slow)));
        if (workload.Command is { } command)
            arguments.Add("--command", command);
        if (workload.Commanders is { } commanders)
            arguments.Add("--commanders", ToText(share.Of(commanders)));
    }

    private static string ToText(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Arguments
    {
        private readonly List<string> _all = [];

        public IReadOnlyList<string> All => _all;

        public void Add(params ReadOnlySpan<string> words) => _all.AddRange(words);
    }
}
