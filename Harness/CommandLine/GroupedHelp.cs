using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;
using C10k.Contract;

namespace C10k.Harness.CommandLine;

/// <summary>The help of a run: its many options in groups, and examples. Other commands have few options, and the usual help.</summary>
internal sealed class GroupedHelp(SynchronousCommandLineAction usual) : SynchronousCommandLineAction
{
    private const int Indent = 26;
    private const int MostWidth = 120;
    private const int UsualWidth = 80;

    private static readonly (string Title, string[] Options)[] Groups =
    [
        ("Select: what is run", ["--models", "--server", "--baseline", "--workload", "--clients"]),
        ("Load: what the clients do", ["--rate", "--size", "--load"]),
        (
            "Measure: how much, and where",
            [
                "--profile",
                "--rounds",
                "--windows",
                "--window",
                "--warmup",
                "--server-cpus",
                "--load-cpus",
                "--seed",
                "--syscalls",
            ]
        ),
        (
            "Elsewhere: on other machines, see docs/scale.md",
            ["--server-agent", "--load-agent", "--agent-token-file", "--agent-certificate"]
        ),
        ("Output: where the results go", ["--output", "--resume"]),
    ];

    private static readonly string[] Comparing = ["compare", "duel"];

    private const string Examples = """
        Examples:
          ./run-bench.sh
              every model with 100, 1,000 and 10,000 clients; tells how long it takes
          ./run-bench.sh --models epoll-level,async --clients 1000
              two models, one number of clients
          ./run-bench.sh --profile full --baseline poll --output results/poll
              five rounds, so that differences can be told from chance
          ./run-bench.sh compare results/before results/after --fail-on 5%
              says what moved; fails where something is credibly worse by more than 5 %
          ./run-bench.sh duel epoll-level poll --clients 10000
              these two in turn, until it is known which is faster
        """;

    /// <summary>Takes the place of the usual help where a run is asked about.</summary>
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new GroupedHelp((SynchronousCommandLineAction)help.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        if (command is not RootCommand && command.Name != "run")
            return usual.Invoke(parseResult);
        Console.Write(Text((RootCommand)parseResult.RootCommandResult.Command, Width()));
        return ExitCode.Success;
    }

    public static string Text(RootCommand root, int width)
    {
        var text = new StringBuilder(string.Join('\n', Wrap(root.Description!, width)));
        text.Append("\n\nUsage: ./run-bench.sh [COMMAND] [OPTIONS]\n");
        var options = root.Options.Where(option => !option.Hidden).ToList();
        var grouped = Groups.SelectMany(group => group.Options).ToHashSet();
        foreach (var (title, names) in Groups)
            Add(
                text,
                title,
                [.. names.SelectMany(name => options.Where(option => option.Name == name)).Select(Row)],
                width
            );
        Add(text, "Compare: which is faster", [.. root.Subcommands.Where(IsComparing).Select(Row)], width);
        Add(text, "Other options", [.. options.Where(option => !grouped.Contains(option.Name)).Select(Row)], width);
        Add(text, "Other commands", [.. root.Subcommands.Where(command => !IsComparing(command)).Select(Row)], width);
        return text.Append('\n').Append(Examples).Append('\n').ToString();
    }

    private static bool IsComparing(Command command) => Comparing.Contains(command.Name);

    private static (string Name, string Text) Row(Option option) =>
        (
            option.ValueType == typeof(bool) || option is HelpOption or VersionOption
                ? option.Name
                : $"{option.Name} {option.Name.TrimStart('-').ToUpperInvariant()}",
            option is { HasDefaultValue: true } and not HelpOption and not VersionOption
            && option.GetDefaultValue() is { } value and not false
                ? $"{option.Description} [default: {value}]"
                : option.Description ?? ""
        );

    private static (string Name, string Text) Row(Command command) =>
        (
            string.Join(
                ' ',
                command.Arguments.Select(argument => argument.Name.ToUpperInvariant()).Prepend(command.Name)
            ),
            command.Description ?? ""
        );

    private static void Add(StringBuilder text, string title, List<(string Name, string Text)> rows, int width)
    {
        if (rows.Count == 0)
            return;
        text.Append('\n').Append(title).Append(":\n");
        foreach (var (name, description) in rows)
        {
            var lines = Wrap(description, width - Indent).ToList();
            var begin = "  " + name;
            if (begin.Length >= Indent)
            {
                text.Append(begin).Append('\n');
                begin = "";
            }
            text.Append(begin.PadRight(Indent)).Append(lines[0]).Append('\n');
            foreach (var line in lines.Skip(1))
                text.Append(' ', Indent).Append(line).Append('\n');
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line += (line.Length > 0 ? " " : "") + word;
        }
        yield return line;
    }

    // Without a terminal there is no width to ask for.
    private static int Width() =>
        Console.IsOutputRedirected || Console.WindowWidth <= 0
            ? UsualWidth
            : Math.Clamp(Console.WindowWidth, 60, MostWidth);
}
