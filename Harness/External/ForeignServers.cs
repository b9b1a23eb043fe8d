using C10k.CommandLine;
using C10k.Harness.Planning;
using C10k.Hosting;

namespace C10k.Harness.External;

/// <summary>The servers that are no part of the bench: those that come with it, and those that <c>--server</c> names.</summary>
/// <param name="Shipped">Each has a folder below <c>Servers/External</c>; they run when <c>--models</c> names them.</param>
/// <param name="Added">They run because they were named.</param>
internal sealed record ForeignServers(IReadOnlyList<ServerDefinition> Shipped, IReadOnlyList<ServerDefinition> Added)
{
    // Where the folder is when it is not above the executable.
    private const string FolderVariable = "C10K_SERVERS";

    /// <summary>Reads the folder, and what <c>--server</c> gave.</summary>
    /// <exception cref="UsageException">A definition that cannot be, or two of one name.</exception>
    public static ForeignServers Load(IReadOnlyList<string>? asked)
    {
        List<ServerDefinition> added = [.. (asked ?? []).Select(Read)];
        CheckNames(added);
        var shipped = ReadFolder(FindFolder()).ToList();
        CheckNames(shipped);
        // Whoever names a server means that one, also where one that comes with the bench is called the same.
        shipped.RemoveAll(one => added.Exists(other => other.Name == one.Name));
        return new ForeignServers(shipped, added);
    }

    /// <summary>All of them as models; those of <c>--server</c> first.</summary>
    /// <param name="own">The models of the bench, whose names they cannot have.</param>
    /// <exception cref="UsageException">One has such a name.</exception>
    public IReadOnlyList<ModelVariant> AsModels(IReadOnlyList<ModelInfo> own)
    {
        foreach (var server in Added.Concat(Shipped))
        {
            if (own.Any(model => model.Id == server.Name))
                throw new UsageException(
                    $"{server.Source}: the name '{server.Name}' is taken by a model of the bench: choose another"
                );
        }
        return [.. Added.Concat(Shipped).Select(ToModel)];
    }

    /// <summary>A model that is started as the definition says.</summary>
    public static ModelVariant ToModel(ServerDefinition server) => new(server.Info, server.Name) { Server = server };

    private static ServerDefinition Read(string asked) => Find(asked) with { Asked = asked };

    private static ServerDefinition Find(string asked)
    {
        if (ServerText.IsOne(asked))
            return ServerText.Read(asked);
        var file = Directory.Exists(asked) ? Path.Combine(asked, ServerFile.FileName) : asked;
        return File.Exists(file)
            ? ServerFile.Read(file)
            : throw new UsageException(
                $"--server takes a server.json, its folder, or name=…,cmd=…, and there is no file '{file}'"
            );
    }

    private static IEnumerable<ServerDefinition> ReadFolder(string? folder) =>
        folder is null
            ? []
            : Directory
                .GetDirectories(folder)
                .Select(one => Path.Combine(one, ServerFile.FileName))
                .Where(File.Exists)
                .Order(StringComparer.Ordinal)
                .Select(file => ServerFile.Read(Path.GetRelativePath(Directory.GetCurrentDirectory(), file)));

    private static string? FindFolder()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (var above = AppContext.BaseDirectory; above is not null; above = Path.GetDirectoryName(above))
        {
            var folder = Path.Combine(above, "Servers", "External");
            if (Directory.Exists(folder))
                return folder;
        }
        return null;
    }

    private static void CheckNames(List<ServerDefinition> servers)
    {
        for (var i = 0; i < servers.Count; i++)
        {
            if (servers.FindIndex(other => other.Name == servers[i].Name) is var first && first < i)
                throw new UsageException(
                    $"{servers[i].Source}: the name '{servers[i].Name}' is taken by {servers[first].Source}: choose another"
                );
        }
    }
}
