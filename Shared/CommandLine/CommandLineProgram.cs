using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using C10k.Contract;
using C10k.Linux;

namespace C10k.CommandLine;

/// <summary>Runs a command line so that every mistake in it becomes one line on stderr and exit code 2, and nothing is started.</summary>
public static class CommandLineProgram
{
    private static readonly ParserConfiguration Parsing = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    // Signals are the programs' own business, and an exception that nobody expected should be seen whole.
    private static readonly InvocationConfiguration Invoking = new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    /// <summary>Parses and runs; returns the exit code.</summary>
    public static int Run(string program, RootCommand root, IReadOnlyList<string> args)
    {
        var parsed = root.Parse(args, Parsing);
        if (parsed.Errors.Count > 0 && !AsksForHelp(root, parsed))
            return Refuse(program, Describe(parsed));
        GuardedOutput.Install();
        try
        {
            RequireFolder();
            return parsed.Invoke(Invoking);
        }
        catch (UsageException mistake)
        {
            return Refuse(program, mistake.Message);
        }
        catch (OutputException full)
        {
            Tell(program, full.Message);
            return ExitCode.Failure;
        }
        catch (Exception refused) when (IsAboutFiles(refused))
        {
            Tell(program, $"a file cannot be written or read: {refused.Message}");
            return ExitCode.Failure;
        }
    }

    /// <summary>Parses only.</summary>
    /// <returns>What was understood, or the line that says what is wrong.</returns>
    public static (ParseResult? Parsed, string? Mistake) Parse(RootCommand root, IReadOnlyList<string> args)
    {
        var parsed = root.Parse(args, Parsing);
        return parsed.Errors.Count > 0 ? (null, Describe(parsed)) : (parsed, null);
    }

    // A full disk, a folder that may not be written: nothing that a stack trace would explain. A system call that fails is a mistake of ours.
    private static bool IsAboutFiles(Exception refused) =>
        refused is UnauthorizedAccessException || (refused is IOException and not SystemCallException);

    // A program may show a help of its own.
    private static bool AsksForHelp(RootCommand root, ParseResult parsed) =>
        parsed.Action is not null && root.Options.OfType<HelpOption>().Any(help => help.Action == parsed.Action);

    // Whatever is named without a full path would be searched for there.
    private static void RequireFolder()
    {
        try
        {
            _ = Directory.GetCurrentDirectory();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("the current folder is gone, or may not be read: change to another one");
        }
    }

    private static int Refuse(string program, string message)
    {
        Tell(program, message);
        return ExitCode.WrongArguments;
    }

    /// <summary>What stands on stderr when something is wrong: one line, whatever it quotes of what was typed or read.</summary>
    public static string Line(string program, string message) => Printable.Line($"{program}: {message}");

    private static void Tell(string program, string message) => Console.Error.WriteLine(Line(program, message));

    private static string Describe(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [var unknown, ..])
            return DescribeMissing(parsed.CommandResult) ?? parsed.Errors[0].Message;
        return unknown.StartsWith('-')
            ? $"unknown option '{unknown}': {Nearest.Hint(unknown, [.. OptionNames(parsed.CommandResult).Distinct()])}"
            : DescribeWord(unknown, parsed.CommandResult.Command);
    }

    // A command that does nothing itself, or one without all of its words.
    private static string? DescribeMissing(CommandResult result)
    {
        var command = result.Command;
        if (command is { Action: null, Subcommands.Count: > 0 })
            return $"{command.Name} takes one of {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}";
        var missing = command.Arguments.Where(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && !argument.HasDefaultValue
        );
        return missing.Any(argument => result.GetResult(argument) is not { Tokens.Count: > 0 })
            ? $"{command.Name} takes {string.Join(' ', command.Arguments.Select(argument => argument.Name))}, see {command.Name} --help"
            : null;
    }

    private static string DescribeWord(string unknown, Command command) =>
        command is { Subcommands.Count: > 0, Arguments.Count: 0 }
            ? $"unknown command '{unknown}': {Nearest.Hint(unknown, command.Subcommands.Select(sub => sub.Name))}"
            : $"unexpected argument '{unknown}': {command.Name} takes {Takes(command)} only, see --help";

    private static string Takes(Command command) =>
        string.Join(' ', command.Arguments.Select(argument => $"one <{argument.Name}> and").Append("options"));

    // The command's own, and what the commands above it share with it.
    private static IEnumerable<string> OptionNames(CommandResult command)
    {
        for (var above = command; above is not null; above = above.Parent as CommandResult)
        {
            foreach (var option in above.Command.Options.Where(option => !option.Hidden))
                if (above == command || option.Recursive)
                    yield return option.Name;
        }
    }
}
