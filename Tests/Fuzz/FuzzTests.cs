using System.Globalization;
using Xunit;

namespace C10k.Tests.Fuzz;

/// <summary>
/// Whatever is typed, stored or sent: it is read or refused, never an exception that nobody expected, and never for ever. The seeds are
/// fixed, so that every run tries the same inputs; <c>C10K_FUZZ=10</c> tries ten times as many. One that was found to fail goes to
/// <see cref="Found"/>.
/// </summary>
[Trait("Category", "long")]
public sealed class FuzzTests
{
    // For one input, on a machine that does other things.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    /// <summary>Inputs that failed once.</summary>
    public static TheoryData<string, string> Found =>
        [.. FuzzTargets.Found.Select(found => (found.Target, found.Input))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Damaged_input_is_read_or_refused(string name)
    {
        var target = Target(name);
        var (now, read) = ("", 0);
        var feeding = Task.Run(() =>
            FeedAll(
                target,
                input =>
                {
                    now = input;
                    Interlocked.Increment(ref read);
                }
            )
        );
        for (var before = -1; await Task.WhenAny(feeding, Task.Delay(Limit)) != feeding; before = read)
            Assert.True(Volatile.Read(ref read) != before, $"no end of reading {Quote(now)}");
        await feeding;
    }

    [Theory]
    [MemberData(nameof(Found))]
    public void What_failed_once_is_read_or_refused(string name, string input) =>
        Assert.Null(Target(name).Feed(input)?.ToString());

    [Theory]
    [MemberData(nameof(Names))]
    public void Good_input_is_read(string name)
    {
        var target = Target(name);
        Assert.All(target.Examples, target.Read);
    }

    [Fact]
    public void There_are_a_hundred_thousand_inputs() =>
        Assert.InRange(FuzzTargets.All.Sum(target => target.Inputs), 100_000, int.MaxValue);

    // Of failures that come from the same place one is told.
    private static void FeedAll(FuzzTarget target, Action<string> tell)
    {
        var damage = new Damage(seed: 1);
        var failures = new Dictionary<string, string>();
        for (var i = 0; i < target.Inputs * Times; i++)
        {
            var input = damage.Of(target.Examples);
            tell(input);
            if (target.Feed(input) is { } failure)
                failures.TryAdd(Place(failure), $"input {i}, {Quote(input)}: {failure}");
        }
        Assert.True(failures.Count == 0, string.Join("\n\n", failures.Values));
    }

    private static string Place(Exception failure) =>
        $"{failure.GetType()} {failure.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains(" in ", StringComparison.Ordinal))}";

    private static FuzzTarget Target(string name) => FuzzTargets.All.Single(target => target.Name == name);

    private static int Times =>
        int.TryParse(Environment.GetEnvironmentVariable("C10K_FUZZ"), CultureInfo.InvariantCulture, out var times)
            ? times
            : 1;

    private static string Quote(string input) => System.Text.Json.JsonSerializer.Serialize(input);
}
