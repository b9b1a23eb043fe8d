using C10k.CommandLine;
using C10k.Harness.Planning;
using C10k.Harness.Results;
using Spectre.Console;

namespace C10k.Harness.Terminal;

/// <summary>A line at the bottom of the terminal that tells what is being done and how long it will take; finished cases scroll away above it.</summary>
internal sealed class LiveDisplay : IRunDisplay
{
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _clock;
    private readonly TaskCompletionSource _done = new();
    private readonly Task _live;
    private readonly TaskCompletionSource<StatusContext> _context = new();
    private string _case = "";
    private string _left = "";

    public LiveDisplay(IAnsiConsole console, TimeProvider clock)
    {
        (_console, _clock) = (console, clock);
        _live = console
            .Status()
            .Spinner(Spinner.Known.Dots)
            .StartAsync(
                "preparing",
                context =>
                {
                    _context.SetResult(context);
                    return _done.Task;
                }
            );
    }

    public void BeginCase(PlannedCase planned, int round, int number, int total, TimeSpan left)
    {
        _case = $"[[{number}/{total}]] [bold]{Markup.Escape(planned.ToString())}[/]";
        _left = $"[grey]{DisplayText.Left(left, _clock.GetLocalNow())}[/]";
        Phase("preparing");
    }

    public void Phase(string what)
    {
        string[] parts = [_case, Markup.Escape(what), _left];
        var context = _context.Task.Result;
        context.Status(string.Join(" · ", parts.Where(part => part.Length > 0)));
        context.Refresh();
    }

    public void EndCase(PlannedCase planned, SummaryRow? row)
    {
        if (row is null)
            return;
        var colour = row.Status switch
        {
            CaseStatus.Ok => "green",
            CaseStatus.Skipped => "yellow",
            _ => "red",
        };
        Note($"{planned}: {DisplayText.Outcome(row)}", colour);
    }

    public void EndCases() => _case = _left = "";

    public void Note(string text) => Note(text, "grey");

    public void Dispose()
    {
        _done.TrySetResult();
        _live.GetAwaiter().GetResult();
    }

    private void Note(string text, string colour) =>
        _console.MarkupLine($"[{colour}]●[/] {Markup.Escape(Printable.Line(text))}");
}
