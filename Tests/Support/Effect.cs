using Xunit;

namespace C10k.Tests.Support;

/// <summary>
/// What real processes show as soon as the machine lets them. Other programs on it can hide an effect for a while; what is not there is
/// hidden each time. So it is sought again, with fresh processes, when they leave a CPU free.
/// </summary>
internal static class Effect
{
    /// <summary>Measures until the effect shows, and fails where it never does, with all that was measured.</summary>
    /// <param name="tell">What is worth knowing of what was measured.</param>
    /// <returns>What was measured when it showed.</returns>
    public static async Task<T> Shows<T>(
        Func<Task<T>> measure,
        Func<T, bool> shows,
        Func<T, string> tell,
        int tries = 5
    )
    {
        var seen = new List<string>();
        while (seen.Count < tries)
        {
            if (seen.Count > 0)
                await QuietMachine.Awaited();
            var measured = await measure();
            if (shows(measured))
                return measured;
            seen.Add(tell(measured));
        }
        Assert.Fail($"in none of {tries} tries:\n{string.Join('\n', seen)}");
        return default!;
    }
}
