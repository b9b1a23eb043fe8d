using C10k.Harness.Results;
using C10k.Harness.Terminal;
using C10k.Tests.Support;
using Spectre.Console;
using Xunit;
using LiveDisplay = C10k.Harness.Terminal.LiveDisplay;
using Rows = C10k.Tests.Harness.Results.Rows;

namespace C10k.Tests.Harness.Terminal;

public sealed class DisplayTests : IDisposable
{
    private readonly StringWriter _text = new();

    public void Dispose() => _text.Dispose();

    [Fact]
    public void In_a_file_progress_is_a_line_a_case()
    {
        using (var display = new PlainDisplay(_text, new FakeClock()))
            ShowARun(display);
        var now = new FakeClock().GetLocalNow();
        Assert.Equal(
            [
                "2 cases",
                $"[1/2, 1 min 10 s left, done {now.AddSeconds(70):HH:mm}] epoll-level echo 100 clients: round done",
                $"[2/2, 5 s left, done {now.AddSeconds(5):HH:mm}] epoll-level echo 100 clients: 48,074 requests/s, p99 31.7 ms, server-bound",
                "",
            ],
            _text.ToString().Split(System.Environment.NewLine)
        );
    }

    [Fact]
    public void On_a_terminal_finished_cases_stay_above_the_line_that_tells_what_is_done()
    {
        using (var display = new LiveDisplay(Terminal(), TimeProvider.System))
            ShowARun(display);
        var text = _text.ToString();
        Assert.Contains("48,074 requests/s, p99 31.7 ms, server-bound", text, StringComparison.Ordinal);
        Assert.Contains("2 cases", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_the_last_case_the_line_tells_of_no_case_and_of_no_time_left()
    {
        using (var display = new LiveDisplay(Terminal(), TimeProvider.System))
        {
            ShowARun(display);
            display.EndCases();
            display.Phase("drawing");
        }
        var lines = _text
            .ToString()
            .Split('\n', '\r')
            .Where(line => line.Contains("drawing", StringComparison.Ordinal));
        Assert.NotEmpty(lines);
        Assert.DoesNotContain(
            lines,
            line => line.Contains("left", StringComparison.Ordinal) || line.Contains("epoll", StringComparison.Ordinal)
        );
        Assert.Contains("5 s left, done ", _text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Brackets_in_names_and_reasons_are_no_markup()
    {
        using (var display = new LiveDisplay(Terminal(), TimeProvider.System))
        {
            var planned = Planned.Case("epoll:x=[red]");
            display.BeginCase(planned, 1, 1, 1, TimeSpan.FromSeconds(1));
            display.Phase("waiting for [somebody]");
            display.Note("note [/] of [nothing]");
            display.EndCase(planned, Rows.Skipped() with { Status = CaseStatus.Failed, Reason = "said '[/]'" });
        }
        Assert.Contains("note [/] of [nothing]", _text.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "epoll:x=[red] echo 100 clients: failed: said '[/]'",
            _text.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_would_steer_a_terminal_is_shown_and_does_nothing()
    {
        var failed = Rows.Skipped() with { Status = CaseStatus.Failed, Reason = "said \u001b]0;evil\a" };
        foreach (
            var display in (IRunDisplay[])
                [new PlainDisplay(_text, new FakeClock()), new LiveDisplay(Terminal(), TimeProvider.System)]
        )
        {
            using (display)
            {
                display.Note("note \u001b]0;evil\a");
                display.EndCase(Planned.Case(), failed);
            }
        }
        Assert.DoesNotContain('\a', _text.ToString());
        Assert.Equal(4, _text.ToString().Split("?]0;evil?").Length - 1);
    }

    [Fact]
    public void A_display_can_be_closed_before_anything_was_shown()
    {
        for (var i = 0; i < 20; i++)
            new LiveDisplay(Terminal(), TimeProvider.System).Dispose();
    }

    private static void ShowARun(IRunDisplay display)
    {
        var planned = Planned.Case();
        display.Note("2 cases");
        display.BeginCase(planned, 1, 1, 2, TimeSpan.FromSeconds(70));
        display.Phase("connecting");
        display.EndCase(planned, null);
        display.BeginCase(planned, 2, 2, 2, TimeSpan.FromSeconds(5));
        display.EndCase(planned, Rows.Measured());
    }

    private IAnsiConsole Terminal()
    {
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                ColorSystem = ColorSystemSupport.NoColors,
                Out = new AnsiConsoleOutput(TextWriter.Synchronized(_text)),
            }
        );
        console.Profile.Width = 160;
        return console;
    }
}
