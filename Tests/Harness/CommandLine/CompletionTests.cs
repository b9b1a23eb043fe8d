using System.Diagnostics;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.CommandLine;

public sealed class CompletionTests : IDisposable
{
    // What is typed, and the word that the shell makes of the last one.
    private static readonly (string Typed, string Completed)[] _words =
    [
        ("lat", "latencies"),
        ("--prof", "--profile"),
        ("--profile fu", "full"),
        ("run --models epoll-l", "epoll-level"),
        ("--models poll,epoll-e", "poll,epoll-edge"),
        ("--resume src", "src/"),
        ("duel poll epoll-ed", "epoll-edge"),
        ("compare a b --fail", "--fail-on"),
        ("compare src", "src/"),
        ("list mod", "models"),
    ];

    private readonly TemporaryFolder _folder = new();

    public CompletionTests() => Directory.CreateDirectory(_folder["src"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Bash_completes_commands_options_and_their_values()
    {
        var script = await Script("bash");
        foreach (var (typed, completed) in _words)
            Assert.Equal([completed.TrimEnd('/')], await Bash(script, typed));
    }

    [Fact]
    public async Task Zsh_completes_them_when_tab_is_pressed()
    {
        Installed.Require("zsh");
        await File.WriteAllTextAsync(_folder["completion"], await Script("zsh"));
        // A shell in a terminal of its own, in which a key shows the line as it is behind the tab.
        var session = $$"""
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PROMPT=; source ./completion; show() { print -r -- "<$BUFFER>"; BUFFER= }; zle -N show; bindkey "^Xs" show; print rea""dy'
            zpty -r shell out '*ready*'
            for typed in {{string.Join(' ', _words.Select(word => $"'{word.Typed}'"))}}; do
                zpty -w -n shell "run-bench.sh $typed"$'\t\x18s'
                zpty -r shell out '*<*>*'
                print -r -- "${${out##*<}%%>*}"
            done
            zpty -d shell

            """;
        var lines = (await Run("zsh", ["-f"], session)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(_words.Select(word => LineOf(word.Typed, word.Completed)), lines.Select(line => line.TrimEnd()));
    }

    [Fact]
    public async Task Fish_completes_them()
    {
        Installed.Require("fish");
        var asked = string.Concat(
            _words.Select(word => $"complete -C 'run-bench.sh {word.Typed}' | string split -f1 \\t; echo\n")
        );
        var answers = await Run("fish", ["--no-config"], $"{await Script("fish")}{asked}");
        Assert.Equal(string.Concat(_words.Select(word => $"{word.Completed}\n\n")), answers);
    }

    private static string LineOf(string typed, string completed) =>
        $"run-bench.sh {typed[..(typed.LastIndexOf(' ') + 1)]}{completed}";

    private static async Task<string> Script(string shell)
    {
        var finished = await RunningProgram.ToEnd(new ProgramStart("Harness", "completion", shell));
        Assert.Equal((0, ""), (finished.ExitCode, finished.Stderr));
        return finished.Stdout;
    }

    // What the shell itself does: the words so far, the number of the last one, and the function's answers.
    private async Task<string[]> Bash(string script, string typed) =>
        (
            await Run(
                "/bin/bash",
                [],
                $"{script}\nCOMP_WORDS=(run-bench.sh {typed})\nCOMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n_run_bench\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
            )
        ).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private async Task<string> Run(string shell, string[] arguments, string script)
    {
        var start = new ProcessStartInfo(shell, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = _folder[""],
            Environment = { ["TERM"] = "dumb", ["HOME"] = _folder[""] },
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        // A shell that waits for something else than what it is told is not waited for.
        await using var end = patience.Token.Register(() => process.Kill(entireProcessTree: true));
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        var complaint = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        return said + await complaint;
    }
}
