using C10k.Harness.Results;
using C10k.Tests.Harness;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.EndToEnd.Foreign;

/// <summary>A server that is made from the template is built by its definition, conforms, and is measured.</summary>
[Trait("Category", "long")]
public sealed class TemplateTests
{
    [Fact]
    public async Task A_server_from_the_template_conforms_and_has_figures()
    {
        await using var harness = new HarnessRun();
        var server = await MakeFromTemplate(harness, "my-server");
        Assert.InRange((await File.ReadAllLinesAsync(Path.Combine(server, "Program.cs"))).Length, 1, 30);

        var check = await harness.RunWithBuild("check", server);
        harness.Succeeded(check);
        Assert.StartsWith("building my-server: dotnet build ", check.Stderr, StringComparison.Ordinal);
        Assert.EndsWith("60 of 60 checks passed\n", check.Stdout, StringComparison.Ordinal);

        var run = await harness.Run("--profile", "smoke", "--models", "epoll-level", "--server", server);
        harness.Succeeded(run);
        Assert.DoesNotContain("building", run.Stderr, StringComparison.Ordinal);
        Assert.Equal(["epoll-level", "my-server"], harness.Summary.Select(row => row.Model).Order());
        Assert.All(harness.Summary, row => Assert.Equal((CaseStatus.Ok, 0), (row.Status, row.Errors)));
    }

    // Beside copies of what it needs of the tree: so nothing is left in the tree itself.
    private static async Task<string> MakeFromTemplate(HarnessRun harness, string name)
    {
        foreach (var file in (string[])["Directory.Build.props", "Directory.Packages.props", ".editorconfig"])
            File.Copy(RepositoryRoot.File(file), harness[file]);
        CopyFolder(RepositoryRoot.File("Shared"), harness["Shared"]);
        var server = Path.Combine(harness["Servers"], "External", name);
        string[] hive = ["--debug:custom-hive", harness["hive"]];
        var template = RepositoryRoot.File("Servers", "External", "csharp-template");
        await Judge.Run("dotnet-sdk-10.0", "dotnet", ["new", "install", template, .. hive]);
        await Judge.Run("dotnet-sdk-10.0", "dotnet", ["new", "c10k-server", "-n", name, "-o", server, .. hive]);
        return server;
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from))
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
