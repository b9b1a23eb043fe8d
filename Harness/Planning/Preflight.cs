namespace C10k.Harness.Planning;

/// <summary>Finds out before anything starts which cases this machine cannot carry, with the limit and how to raise it.</summary>
internal sealed class Preflight(MachineLimits limits)
{
    /// <summary>Why the case cannot run, or null where it can.</summary>
    public string? WhyNot(ModelVariant model, Workload workload, int clients) =>
        model.Info.Unavailable
        ?? DoesNotSpeak(model, workload)
        ?? ConnectionsTooShort(model, workload)
        ?? Needs.Of(model, clients, limits).FirstOrDefault(need => !need.IsMet)?.Missing;

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
}
