using System.Diagnostics;
using System.Runtime.Versioning;
using C10k.Harness.External;
using Xunit;

namespace C10k.Tests.Harness.External;

/// <summary>Each new folder for a server's files removes those that were left, and none that is not ours to remove.</summary>
public sealed class ScratchTests : IDisposable
{
    private const string Lock = ".in-use";

    private readonly string _left = Directory.CreateTempSubdirectory("c10k-server-").FullName;

    public void Dispose()
    {
        if (Directory.Exists(_left))
            Directory.Delete(_left, recursive: true);
    }

    [Fact]
    public void One_that_is_in_use_stays_and_is_gone_when_it_is_over()
    {
        string files;
        using (var first = Scratch.Make())
        {
            files = first.Files;
            File.WriteAllText(Path.Combine(files, "conf"), "");
            Scratch.Make().Dispose();
            Assert.True(File.Exists(Path.Combine(files, "conf")));
        }
        Assert.False(Directory.Exists(Path.GetDirectoryName(files)));
    }

    [Fact]
    public void One_that_somebody_else_has_removed_is_no_failure()
    {
        var scratch = Scratch.Make();
        Directory.Delete(Path.GetDirectoryName(scratch.Files)!, recursive: true);
        scratch.Dispose();
        Assert.False(Directory.Exists(scratch.Files));
    }

    [Fact]
    public void What_is_left_of_an_owner_who_is_gone_is_removed()
    {
        LeaveFiles();
        Scratch.Make().Dispose();
        Assert.False(Directory.Exists(_left));
    }

    [Fact]
    public void So_is_what_its_owner_came_to_do_nothing_with()
    {
        // One that was made this moment by another test is just as empty, and that one makes another.
        Scratch.Make().Dispose();
        Assert.False(Directory.Exists(_left));
    }

    [Fact]
    public void What_was_never_locked_and_is_not_empty_is_somebody_elses()
    {
        File.WriteAllText(Path.Combine(_left, "mine"), "");
        Scratch.Make().Dispose();
        Assert.True(File.Exists(Path.Combine(_left, "mine")));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void Where_others_may_write_nothing_is_removed()
    {
        File.SetUnixFileMode(_left, File.GetUnixFileMode(_left) | UnixFileMode.OtherWrite);
        LeaveFiles();
        Scratch.Make().Dispose();
        Assert.True(Directory.Exists(_left));
    }

    [Fact]
    public void Links_are_not_followed()
    {
        using var elsewhere = new TemporaryFolder();
        File.WriteAllText(elsewhere[Lock], "");
        var link = $"{_left}-link";
        Directory.CreateSymbolicLink(link, elsewhere.FullPath);
        try
        {
            Scratch.Make().Dispose();
            Assert.True(File.Exists(elsewhere[Lock]));
        }
        finally
        {
            Directory.Delete(link);
        }
    }

    [Fact]
    public async Task Another_users_stays_even_where_we_might_remove_it()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can make files for somebody else");
        LeaveFiles();
        using (var chown = Process.Start("chown", ["-R", "65534", _left]))
            await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
        Scratch.Make().Dispose();
        Assert.True(Directory.Exists(_left));
    }

    [Fact]
    public async Task Many_at_once_take_nothing_from_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(MakeSome)));

        static void MakeSome()
        {
            for (var i = 0; i < 30; i++)
            {
                using var scratch = Scratch.Make();
                var file = Path.Combine(scratch.Files, "conf");
                File.WriteAllText(file, "");
                Thread.Yield();
                Assert.True(File.Exists(file));
            }
        }
    }

    private void LeaveFiles()
    {
        File.WriteAllText(Path.Combine(_left, Lock), "");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_left, "files")).FullName, "conf"), "");
    }
}
