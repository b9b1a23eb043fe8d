using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using Xunit;

namespace C10k.Tests.Servers.Processes;

/// <summary>More clients than processes may be started: those beyond are sent away, with the reason on stderr, and the server lives on.</summary>
public sealed class ProcessShortageTests
{
    // The server's own threads count too, and those of the children.
    private const int Limit = 60;
    private const int Clients = 70;

    // Nobody else's processes count, and root's are not limited at all.
    private const string User = "61234";

    [Fact]
    public async Task A_client_without_a_process_is_closed_and_the_limit_is_named()
    {
        Assert.SkipUnless(
            CanBecomeAnotherUser(),
            "only root, with setpriv of util-linux, can become a user whose processes are limited"
        );
        await using var server = await ServerUnderTest.StartThrough(
            ["setpriv", "--reuid", User, "--regid", User, "--clear-groups", "prlimit", $"--nproc={Limit}"],
            "process-per-connection"
        );
        using (var clients = await Client.ConnectMany(server.EndPoint, Clients))
        {
            var served = await Task.WhenAll(clients.All.Select(IsServed));
            Assert.InRange(served.Count(isServed => isServed), 1, Clients - 1);
        }
        Assert.Contains("EAGAIN", server.Complaints, StringComparison.Ordinal);
        Assert.Contains($"ulimit -u {Limit}", server.Complaints, StringComparison.Ordinal);
        // Once, however many were sent away. A child that has a process, but no thread more, complains for itself.
        Assert.Equal(2, server.Complaints.Split("no process for another client").Length);

        // A runtime that was given its process, but no thread more, may hang for good; nobody but itself could tell.
        await Patience.Until(
            "the processes of those who left have ended",
            () => ProcessTree.Of(server.ProcessId).Count < Limit / 4,
            () => $"there are {ProcessTree.Of(server.ProcessId).Count - 1}"
        );
        using var newcomer = await Client.Connect(server.EndPoint);
        await newcomer.ExpectEcho(Message.Of(64));
    }

    private static async Task<bool> IsServed(Client client)
    {
        try
        {
            await client.Send(Message.Of(64));
            return (await client.Receive(64)).Length == 64;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool CanBecomeAnotherUser()
    {
        try
        {
            string[] command =
            [
                "setpriv",
                "--reuid",
                User,
                "--regid",
                User,
                "--clear-groups",
                ServersExecutable.Path,
                "--list",
            ];
            using var process = Process.Start(
                new ProcessStartInfo(command[0], command[1..])
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                }
            )!;
            _ = process.StandardOutput.ReadToEnd();
            return process.WaitForExit(Patience.Limit) && process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // Not installed.
        }
    }
}
