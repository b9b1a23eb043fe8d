using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.Results;

namespace C10k.Harness.Benchmarking;

/// <summary>
/// How BenchmarkDotNet runs our cases: nothing is generated and nothing is built, and executing a benchmark is a trial with real
/// processes.
/// </summary>
internal sealed class BenchToolchain(IExecutor executor)
    : Toolchain("C10k", new NothingToGenerate(), new NothingToBuild(), executor)
{
    /// <inheritdoc/>
    public override bool IsInProcess => true;

    private sealed class NothingToGenerate : IGenerator
    {
        public GenerateResult GenerateProject(
            BuildPartition partition,
            ILogger logger,
            string rootArtifactsFolderPath
        ) => GenerateResult.Success(ArtifactsPaths.Empty, []);
    }

    private sealed class NothingToBuild : IBuilder
    {
        public BuildResult Build(GenerateResult generated, BuildPartition partition, ILogger logger) =>
            BuildResult.Success(generated);
    }
}
