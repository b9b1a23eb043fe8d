using C10k.Harness.Planning;
using C10k.Harness.Results;
using C10k.Harness.Terminal;

namespace C10k.Tests.Support;

/// <summary>Remembers what it was to show.</summary>
internal sealed class RecordingDisplay : IRunDisplay
{
    public List<string> Shown { get; } = [];

    public List<TimeSpan> Left { get; } = [];

    public void BeginCase(PlannedCase planned, int round, int number, int total, TimeSpan left)
    {
        Shown.Add($"{number}/{total} round {round}: {planned}");
        Left.Add(left);
    }

    public void Phase(string what) => Shown.Add(what);

    public void EndCase(PlannedCase planned, SummaryRow? row) =>
        Shown.Add($"{planned}: {row?.Status.ToString() ?? "further rounds"}");

    public void EndCases() => Shown.Add("no more cases");

    public void Note(string text) => Shown.Add(text);

    public void Dispose() { }
}
