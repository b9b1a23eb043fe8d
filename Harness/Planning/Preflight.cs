namespace C10k.Harness.Planning;

/// <summary>Finds out before anything starts which cases this machine cannot carry, with the limit and how to raise it.</summary>
internal sealed class Preflight(MachineLimits limits)
{
    /// <summary>Why the case cannot run, or null where it can.</summary>
    public string? WhyNot(ModelVariant model, int clients) =>
        model.Info.Unavailable
        ?? ConnectionsTooShort(model)
        ?? Needs.Of(model, clients, limits).FirstOrDefault(need => !need.IsMet)?.Missing;

    private static string? ConnectionsTooShort(ModelVariant model) =>
        model.Info.OneRequestPerConnection
            ? "answers one request on a connection and closes it; the clients of this workload send more"
            : null;
}
