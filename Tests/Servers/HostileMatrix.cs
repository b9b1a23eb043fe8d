using Xunit;

namespace C10k.Tests.Servers;

/// <summary>
/// Which model meets which hostile clients: each model some of them, another from model to model; or, where the environment says
/// <c>C10K_MATRIX=full</c>, each model all of them, which takes several times as long.
/// </summary>
internal static class HostileMatrix
{
    private const string Variable = "C10K_MATRIX";

    private static bool IsFull => Environment.GetEnvironmentVariable(Variable) == "full";

    public static TheoryData<string, string> Of(TheoryData<string> models, IReadOnlyList<string> attacks) =>
        [.. models.SelectMany((row, number) => Chosen(attacks, number).Select(attack => (row.Data, attack)))];

    private static IEnumerable<string> Chosen(IReadOnlyList<string> attacks, int number) =>
        IsFull ? attacks : [attacks[number % attacks.Count]];
}
