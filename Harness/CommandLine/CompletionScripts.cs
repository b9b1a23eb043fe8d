using System.Text;

namespace C10k.Harness.CommandLine;

/// <summary>The words of the command line in the languages of the shells.</summary>
internal static class CompletionScripts
{
    private const string Program = "run-bench.sh";

    public static string Of(string shell, CompletionWords words) =>
        shell switch
        {
            "bash" => Bash(words),
            "zsh" => Zsh(words),
            _ => Fish(words),
        };

    private static string Names(CompletionWords words) =>
        string.Join('|', words.Commands.Skip(1).Select(command => command.Name));

    // Behind the last comma a new word begins.
    private static string Bash(CompletionWords words)
    {
        var script = new StringBuilder(
            $$"""
            _run_bench() {
                local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= word
                local list=${current%"${current##*,}"}
                for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                    case $word in {{Names(words)}}) command=$word; break ;; esac
                done
                case $previous in

            """
        );
        foreach (var (option, values) in words.Values)
            script.Append(
                $"        {option}) mapfile -t COMPREPLY < <(compgen -P \"$list\" -W '{string.Join(' ', values)}' -- \"${{current##*,}}\"); return ;;\n"
            );
        script.Append(
            $"        {string.Join('|', words.Folders)}) mapfile -t COMPREPLY < <(compgen -d -- \"$current\"); return ;;\n    esac\n    case $command in\n"
        );
        foreach (var command in words.Commands)
            script.Append(
                $"        '{command.Name}') mapfile -t COMPREPLY < <(compgen -W '{command.All}' {(command.TakesFolders ? "-d " : "")}-- \"$current\") ;;\n"
            );
        return script.Append($"    esac\n}}\ncomplete -o filenames -F _run_bench {Program} ./{Program}\n").ToString();
    }

    private static string Zsh(CompletionWords words)
    {
        var script = new StringBuilder(
            $$"""
            #compdef {{Program}}
            _run_bench() {
                local command= word
                for word in ${words[2,CURRENT-1]}; do
                    case $word in ({{Names(words)}}) command=$word; break ;; esac
                done
                case ${words[CURRENT-1]} in

            """
        );
        foreach (var (option, values) in words.Values)
            script.Append($"        ({option}) compset -P '*,'; compadd -- {string.Join(' ', values)}; return ;;\n");
        script.Append(
            $"        ({string.Join('|', words.Folders)}) _files -/; return ;;\n    esac\n    case $command in\n"
        );
        foreach (var command in words.Commands)
            script.Append(
                $"        ('{command.Name}') compadd -- {command.All}{(command.TakesFolders ? "; _files -/" : "")} ;;\n"
            );
        // A shell without a start-up file of its own has not loaded its completion.
        script.Append("    esac\n}\n(( $+functions[compdef] )) || { autoload -Uz compinit; compinit -i; }\n");
        return script.Append($"compdef _run_bench {Program} ./{Program}\n").ToString();
    }

    private static string Fish(CompletionWords words)
    {
        var script = new StringBuilder($"complete -c {Program} -f\n");
        var others = words.Commands.Skip(1).ToList();
        var none = $"not __fish_seen_subcommand_from {string.Join(' ', others.Select(command => command.Name))}";
        foreach (var command in others)
            script.Append($"complete -c {Program} -n '{none}' -a {command.Name} -d {Quoted(command.Description)}\n");
        foreach (var command in words.Commands)
        {
            var when = command.Name.Length == 0 ? none : $"__fish_seen_subcommand_from {command.Name}";
            foreach (var (name, description) in command.Options)
                script.Append(
                    $"complete -c {Program} -n '{when}' -l {name[2..]}{FishValue(words, name)} -d {Quoted(description)}\n"
                );
            if (command.Name.Length > 0 && command.Words.Count > 0)
                script.Append($"complete -c {Program} -n '{when}' -a '{string.Join(' ', command.Words)}'\n");
            if (command.TakesFolders)
                script.Append($"complete -c {Program} -n '{when}' -a '(__fish_complete_directories)'\n");
        }
        return script.ToString();
    }

    private static string FishValue(CompletionWords words, string option) =>
        words.Values.TryGetValue(option, out var values) ? $" -x -a '(__fish_append , {string.Join(' ', values)})'"
        : words.Folders.Contains(option) ? " -x -a '(__fish_complete_directories)'"
        : "";

    private static string Quoted(string text) => $"'{text.Replace("'", "\\'", StringComparison.Ordinal)}'";
}
