using C10k.Hosting;

namespace C10k.Harness.Planning;

/// <summary>A model with the parameters it was asked for: a model of its own in tables and charts.</summary>
/// <param name="Info">What the server's executable says of the model.</param>
/// <param name="Name">Its id, or <c>id:key=value,…</c>.</param>
internal sealed record ModelVariant(ModelInfo Info, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
