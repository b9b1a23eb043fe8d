using System.CommandLine;
using C10k.Harness.External;
using C10k.Harness.Planning;
using C10k.Hosting;

namespace C10k.Harness.CommandLine;

/// <summary>The option that adds a server which is no part of the bench, and what follows from it.</summary>
internal static class ForeignOptions
{
    public static readonly Option<string[]?> Servers = new("--server")
    {
        Description =
            "Adds a server of your own: its server.json, or \"name=mine,cmd=./mine --port {port}\". May be given several times.",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>The servers that come with the bench, and those that were added.</summary>
    public static ForeignServers Load(ParseResult parsed) => ForeignServers.Load(parsed.GetValue(Servers));

    /// <summary>The models that were asked for; foreign ones are built, and say so where they cannot run here.</summary>
    public static IReadOnlyList<ModelVariant> Select(
        IReadOnlyList<ModelInfo> models,
        string? asked,
        ParseResult parsed
    ) => Preparation.Prepare(ModelSelection.Select(models, asked, Load(parsed)), Console.Error.WriteLine);
}
