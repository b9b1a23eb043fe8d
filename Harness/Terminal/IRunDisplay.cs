using C10k.Harness.Planning;
using C10k.Harness.Results;

namespace C10k.Harness.Terminal;

/// <summary>Shows how far a run is. Progress goes to stderr, so that stdout holds nothing but the result.</summary>
internal interface IRunDisplay : IDisposable
{
    void BeginCase(PlannedCase planned, int round, int number, int total, TimeSpan left);

    void Phase(string what);

    /// <summary>The row is null while further rounds of the case are to come.</summary>
    void EndCase(PlannedCase planned, SummaryRow? row);

    /// <summary>There are no more cases: what is done from now on belongs to none of them.</summary>
    void EndCases();

    void Note(string text);
}
