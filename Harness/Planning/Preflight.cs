using C10k.Nodes;

namespace C10k.Harness.Planning;

/// <summary>Finds out before anything starts which cases the machines cannot carry, with the limit and how to raise it.</summary>
/// <param name="serverCpus">The CPUs of the server.</param>
internal sealed class Preflight(RunMachines machines, CpuSet serverCpus)
{
    /// <summary>Why the case cannot run, or null where it can.</summary>
    public string? WhyNot(ModelVariant model, Workload workload, int clients) =>
        model.Info.Unavailable
        ?? DoesNotSpeak(model, workload)
        ?? ConnectionsTooShort(model, workload)
        ?? NoAgentStarts(model)
        ?? Needs.Of(model, clients, machines, serverCpus).FirstOrDefault(need => !need.IsMet)?.Missing;

    private static string? DoesNotSpeak(ModelVariant model, Workload workload)
    {
        var spoken = model.Info.Conversations;
        if (!spoken.Contains(workload.Conversation))
            return $"speaks {string.Join(", ", spoken)}, and the workload needs {workload.Conversation}";
        if ((workload.Wait > TimeSpan.Zero || workload.Cpu > TimeSpan.Zero) && !model.Info.Works)
            return "cannot be told to work (--wait, --cpu)";
        return workload.Command is not null && !model.Info.TakesCommands
            ? "does not take commands in messages (--allow-faults)"
            : null;
    }

    private string? NoAgentStarts(ModelVariant model) =>
        machines.ServerIsAgents && model.Server is not null
            ? "an agent starts the models of its own list and nothing else; leave out --server-agent, and it runs on this machine"
            : null;

    private static string? ConnectionsTooShort(ModelVariant model, Workload workload) =>
        model.Info.OneRequestPerConnection && workload.RequestsPerConnection != 1
            ? "answers one request on a connection and closes it; the clients of this workload send more"
            : null;
}
