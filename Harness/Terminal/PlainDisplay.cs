using C10k.CommandLine;
using C10k.Harness.Planning;
using C10k.Harness.Results;

namespace C10k.Harness.Terminal;

/// <summary>One line a finished case: for files, pipes and continuous integration.</summary>
internal sealed class PlainDisplay(TextWriter output, TimeProvider clock) : IRunDisplay
{
    private string _position = "";

    public void BeginCase(PlannedCase planned, int round, int number, int total, TimeSpan left) =>
        _position = $"[{number}/{total}, {DisplayText.Left(left, clock.GetLocalNow())}]";

    public void Phase(string what) { }

    public void EndCase(PlannedCase planned, SummaryRow? row) =>
        Note($"{_position} {planned}: {(row is null ? "round done" : DisplayText.Outcome(row))}");

    public void EndCases() { }

    public void Note(string text) => output.WriteLine(Printable.Line(text));

    public void Dispose() => output.Flush();
}
