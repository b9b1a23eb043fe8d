using C10k.Hosting;
using C10k.Linux;

namespace C10k.Servers.Models.Processes;

/// <summary>
/// The executable that the models of this family start: one build of it is native (NativeAOT), made by run-bench.sh where that is possible,
/// the other needs the runtime and stands beside this executable. Both do the same. The native one starts ten times as fast, in a third
/// of the memory, and with two threads instead of four.
/// </summary>
/// <param name="Path">The executable.</param>
/// <param name="Description">Which build it is, and why.</param>
/// <param name="Threads">How many threads the runtime has in it, the one that serves included.</param>
/// <param name="KiB">How much memory a process needs that serves one connection, the kernel's part included.</param>
internal sealed record WorkerProgram(string Path, string Description, int Threads, int KiB)
{
    private const string Auto = "auto";
    private const string Native = "native";
    private const string Managed = "managed";

    private static readonly string ManagedPath = System.IO.Path.Combine(AppContext.BaseDirectory, "Worker");

    // Beside the folders that the build has for its output, artifacts/bin/Servers/release and the like.
    private static readonly string NativePath = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "native", "Worker")
    );

    /// <summary>The parameter of all models of this family that says which build is used.</summary>
    public static Parameter Child { get; } =
        Parameter.Choice(
            "child",
            Auto,
            "Which build of the worker is started: native (NativeAOT), managed (needs the runtime), or auto, the native one where there is one.",
            Auto,
            Native,
            Managed
        );

    /// <summary>Which build the workers are, unless the parameter says otherwise.</summary>
    public static string Note => $"Workers: {Find().Description}.";

    /// <summary>The same in a word.</summary>
    public static string Build => Find().Path == NativePath ? Native : Managed;

    /// <summary>Why there is no executable at all; null where there is.</summary>
    public static string? WhyUnavailable() =>
        File.Exists(ManagedPath) ? null : $"{ManagedPath} is missing: build it with dotnet build Bench.sln";

    /// <summary>The executable that the parameter asks for.</summary>
    public static WorkerProgram Find(string choice = Auto)
    {
        var whyNot = choice == Managed ? "as asked for" : WhyNotNative();
        if (whyNot is null)
            return new WorkerProgram(NativePath, "native build (NativeAOT)", 2, 1100);
        return choice == Native
            ? throw new InvalidOperationException($"no native worker: {whyNot}")
            : new WorkerProgram(ManagedPath, $"managed build ({whyNot})", 4, 5000);
    }

    /// <summary>A worker with this job, ready to be started; says which build it is.</summary>
    /// <param name="addedParameters">Parameters that the job has and the model has not, as <c>key=value</c>.</param>
    public static SpawnCommand Command(string job, ServerContext context, params string[] addedParameters)
    {
        var program = Find(context.Choice(Child.Name));
        ServerContext.Note($"workers are the {program.Description}");
        // Without it, every worker would open a socket for debuggers, with a thread that listens there.
        var environment = new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" };
        return new SpawnCommand(program.Path, WorkerOrder.Arguments(job, context, addedParameters), environment);
    }

    /// <summary>Why the native build cannot be used; null where it can.</summary>
    public static string? WhyNotNative()
    {
        if (!File.Exists(NativePath))
            return $"there is no native one at {NativePath}, where run-bench.sh puts it if it can";
        string[] sources = ["Worker.dll", "C10k.Shared.dll"];
        var built = sources.Max(file =>
            File.GetLastWriteTimeUtc(System.IO.Path.Combine(AppContext.BaseDirectory, file))
        );
        return File.GetLastWriteTimeUtc(NativePath) < built
            ? $"the native one at {NativePath} is older than this build; run-bench.sh makes it anew"
            : null;
    }
}
