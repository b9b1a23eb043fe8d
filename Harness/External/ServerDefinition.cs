using C10k.Hosting;
using C10k.Nodes.Processes;

namespace C10k.Harness.External;

/// <summary>A server that is no part of the bench: how it is built, started, known to be ready, and stopped. See docs/add-a-server.md.</summary>
/// <param name="Info">What tables and charts say of it.</param>
/// <param name="Command">The program and its arguments, with placeholders. No shell reads them.</param>
/// <param name="Folder">Where it is started, and where its program is looked for when that is named with a slash.</param>
/// <param name="Source">Where this was read: a file, or <c>--server</c>.</param>
internal sealed record ServerDefinition(ModelInfo Info, IReadOnlyList<string> Command, string Folder, string Source)
{
    /// <summary>How long it may take to be ready where its definition does not say.</summary>
    public static readonly TimeSpan DefaultReadyWithin = TimeSpan.FromSeconds(15);

    /// <summary>Its name on the command line and in every table.</summary>
    public string Name => Info.Id;

    /// <summary>What <c>--server</c> named; null for one that comes with the bench.</summary>
    public string? Asked { get; init; }

    /// <summary>What its file held, as <see cref="C10k.CommandLine.SmallFile.Hash"/> tells it; null where it has none.</summary>
    public string? FileHash { get; init; }

    /// <summary>Set in addition to our own environment; with placeholders.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How it tells that it is ready.</summary>
    public required Readiness Ready { get; init; }

    /// <summary>How long that may take.</summary>
    public TimeSpan ReadyWithin { get; init; } = DefaultReadyWithin;

    /// <summary>The signal that stops it.</summary>
    public StopSignal Stop { get; init; } = StopSignal.SIGTERM;

    /// <summary>What must be there before it can be built or started.</summary>
    public IReadOnlyList<Requirement> Requires { get; init; } = [];

    /// <summary>How it is built; null where there is nothing to build.</summary>
    public BuildStep? Build { get; init; }

    /// <summary>Files that are made anew for each start in a folder of its own, by name, from templates in <see cref="Folder"/>.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The program of a command: as it is, or below <see cref="Folder"/> where a slash says so.</summary>
    public string Locate(string program) => program.Contains('/') ? Path.Combine(Folder, program) : program;
}

/// <summary>Something that must be installed.</summary>
/// <param name="Name">What is missing where it is missing.</param>
/// <param name="Check">A command that ends with 0 where it is there; empty where a program called <paramref name="Name"/> on the PATH is all.</param>
/// <param name="Install">How it can be had, in a few words; may be empty.</param>
internal sealed record Requirement(string Name, IReadOnlyList<string> Check, string Install);

/// <summary>How a server is built, once.</summary>
/// <param name="Command">Run in the server's folder.</param>
/// <param name="Output">The file it makes, below that folder. It is made again when a file directly in that folder is newer.</param>
internal sealed record BuildStep(IReadOnlyList<string> Command, string Output);
