using C10k.Nodes;

namespace C10k.Harness.Planning;

/// <summary>Finds out before anything starts which cases this machine cannot carry, with the limit and how to raise it.</summary>
internal sealed class Preflight(MachineLimits limits)
{
    // What a process of the bench has open besides its connections, and what else runs on the machine while it does.
    private const int OwnDescriptors = 100;
    private const int OwnTasks = 300;

    // The runtime maps a stack, a guard page and two pieces of bookkeeping for each thread.
    private const int MapsPerThread = 4;
    private const int OwnMaps = 1000;

    /// <summary>Why the case cannot run, or null where it can.</summary>
    public string? WhyNot(ModelVariant model, Workload workload, int clients) =>
        model.Info.Unavailable
        ?? DoesNotSpeak(model, workload)
        ?? ConnectionsTooShort(model, workload)
        ?? DescriptorsMissing(clients)
        ?? PortsMissing(clients)
        ?? TasksMissing(model, clients)
        ?? MapsMissing(model, clients)
        ?? MemoryMissing(model, clients);

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

    private static string? ConnectionsTooShort(ModelVariant model, Workload workload) =>
        model.Info.OneRequestPerConnection && workload.RequestsPerConnection != 1
            ? "answers one request on a connection and closes it; the clients of this workload send more"
            : null;

    private string? DescriptorsMissing(int clients) =>
        Missing("descriptors a process", clients + OwnDescriptors, limits.Descriptors) is { } missing
            ? $"{missing}; raise it with ulimit -Hn {clients + OwnDescriptors} as root, or in /etc/security/limits.conf (nofile)"
            : null;

    private string? PortsMissing(int clients) =>
        Missing("local ports", clients, limits.Ports) is { } missing
            ? $"{missing}; widen it with sysctl -w net.ipv4.ip_local_port_range=\"1024 65535\""
            : null;

    private string? TasksMissing(ModelVariant model, int clients)
    {
        var needed = (long)clients * model.Info.TasksPerClient + OwnTasks + limits.TasksInUse;
        return model.Info.TasksPerClient > 0 && Missing("threads and processes", needed, limits.Tasks) is { } missing
            ? $"{missing}; raise it with sysctl -w kernel.pid_max={RoundUp(needed)} kernel.threads-max={RoundUp(needed)}"
            : null;
    }

    private string? MapsMissing(ModelVariant model, int clients)
    {
        // Where each client has a process of its own, its threads are in that one.
        var threads = model.Info.ProcessesPerClient > 0 ? 0 : model.Info.TasksPerClient;
        var needed = (long)clients * threads * MapsPerThread + OwnMaps;
        return threads > 0 && Missing("memory maps a process", needed, limits.MemoryMaps) is { } missing
            ? $"{missing}; raise it with sysctl -w vm.max_map_count={RoundUp(needed)}"
            : null;
    }

    private string? MemoryMissing(ModelVariant model, int clients)
    {
        var needed = (long)clients * model.Info.MemoryPerClientKb;
        return Missing("KiB of memory", needed, limits.MemoryKb) is { } missing
            ? $"{missing}; end other programs, or ask for fewer clients"
            : null;
    }

    private static string? Missing(string what, long needed, long limit) =>
        needed > limit ? $"needs {needed:N0} {what}, the limit is {limit:N0}" : null;

    private static long RoundUp(long needed) => (needed / 32768 + 1) * 32768;
}
