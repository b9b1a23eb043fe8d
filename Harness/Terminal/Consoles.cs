using Spectre.Console;

namespace C10k.Harness.Terminal;

/// <summary>The two consoles of the Harness: results on stdout, progress on stderr. Neither writes colours into a file or pipe.</summary>
internal static class Consoles
{
    public static IAnsiConsole Output { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public static IRunDisplay OpenDisplay() =>
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is null or "dumb"
            ? new PlainDisplay(Console.Error, TimeProvider.System)
            : new LiveDisplay(Create(Console.Error, redirected: false), TimeProvider.System);

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (!redirected)
            return console;
        console.Profile.Capabilities.Ansi = false;
        console.Profile.Width = 200;
        return console;
    }
}
