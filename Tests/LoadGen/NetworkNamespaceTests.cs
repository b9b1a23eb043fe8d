using System.Text.Json;
using C10k.Contract;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.LoadGen;

/// <summary>Networks that are different from the machine's: a network namespace of our own.</summary>
public class NetworkNamespaceTests
{
    private const int NotPossible = 99;

    // Each address has eleven ports.
    private const string FewPorts = """
        ip link set lo up && echo 40000 40010 > /proc/sys/net/ipv4/ip_local_port_range || exit 99
        coproc SERVER { exec "$1" epoll-level --port 5000 < /dev/null; }
        pid=$SERVER_PID
        read -r ready <&"${SERVER[0]}"
        "$0" --target 127.0.0.1:5000 --clients 100 --duration 1s --warmup 0s --json
        code=$?
        kill "$pid"
        wait
        exit $code
        """;

    // Not even the loopback interface is up.
    private const string NoNetwork = """
        exec "$0" --target 192.0.2.1:5000 --clients 7 --json
        """;

    [Fact]
    public async Task More_clients_than_one_address_has_ports_come_from_several()
    {
        var finished = await Run(FewPorts);
        Assert.Equal((ExitCode.Success, ""), (finished.ExitCode, finished.Stderr));
        using var json = JsonDocument.Parse(finished.Stdout);
        Assert.Equal(100, json.RootElement.GetProperty("connected").GetInt32());
    }

    [Fact]
    public async Task A_network_that_cannot_be_reached_is_counted_as_that()
    {
        var finished = await Run(NoNetwork);
        Assert.Equal((ExitCode.Failure, ""), (finished.ExitCode, finished.Stderr));
        using var json = JsonDocument.Parse(finished.Stdout);
        Assert.Equal(7, json.RootElement.GetProperty("errors").GetProperty("unreachable").GetInt32());
        Assert.Equal(7, json.RootElement.GetProperty("errnos").GetProperty("ENETUNREACH").GetInt32());
    }

    private static async Task<Finished> Run(string script)
    {
        Installed.Require(File.Exists("/usr/bin/unshare"), "no unshare (Debian package util-linux)");
        var finished = await RunningProgram.ToEnd(
            new ProgramStart("LoadGen", ProgramStart.PathOf("Servers"))
            {
                Through = ["unshare", "-rn", "bash", "-c", script],
            }
        );
        var isImpossible =
            finished.ExitCode == NotPossible || finished.Stderr.Contains("unshare", StringComparison.Ordinal);
        Assert.SkipWhen(isImpossible, $"no network namespace of our own: {finished.Stderr}");
        return finished;
    }
}
