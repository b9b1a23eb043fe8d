using System.Net;
using System.Text.Json;
using C10k.Contract;
using C10k.Nodes;
using C10k.Tests.Servers;
using Xunit;

namespace C10k.Tests.Shared.Nodes.Agents;

/// <summary>What an agent has started lives as long as somebody listens to it, and no longer than the agent.</summary>
public sealed class AgentLifeTests
{
    [Fact]
    public async Task A_process_tells_its_lines_and_ends_when_it_is_asked_to()
    {
        await using var agent = await RunningAgent.Start("Servers");
        using var response = await agent.AskToStart("epoll-level", "--port", "0");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync());
        var id = (await Next(events, "started")).GetProperty("id").GetString();
        var line = (await Next(events, "line")).GetProperty("text").GetString();
        Assert.StartsWith("READY 127.0.0.1:", line, StringComparison.Ordinal);

        using var stopped = await agent.Ask(HttpMethod.Post, $"/v1/processes/{id}/stop", """{"grace_seconds":10}""");
        Assert.Equal("""{"in_time":true}""", await stopped.Content.ReadAsStringAsync());
        Assert.Equal(0, (await Next(events, "exited")).GetProperty("code").GetInt32());
        await agent.NothingRuns();
    }

    [Fact]
    public async Task It_keeps_off_the_CPUs_of_what_it_starts_where_there_are_others()
    {
        var allowed = CpuSet.Allowed;
        var busy = new CpuSet([allowed.Cpus[0]]);
        await using var agent = await RunningAgent.Start(
            "Servers",
            "--listen",
            "http://127.0.0.1:0",
            "--cpus",
            $"{busy}"
        );
        var others = allowed.Except(busy);
        var own = others.Cpus.Count > 0 ? others : busy;
        await Patience.Until(
            $"all threads are on {own}",
            () => AllowedCpus(agent.Id).All(cpus => cpus == $"{own}"),
            () => string.Join(' ', AllowedCpus(agent.Id))
        );

        using var response = await agent.AskToStart("epoll-level");
        await RunsOne(agent);
        var started = Assert.Single(agent.Started);
        Assert.Contains(
            $"Cpus_allowed_list:\t{busy}\n",
            await File.ReadAllTextAsync($"/proc/{started}/status"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task It_runs_one_process_at_a_time()
    {
        await using var agent = await RunningAgent.Start("Servers");
        using var first = await agent.AskToStart("epoll-level");
        using (var second = await agent.AskToStart("poll"))
            Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        using var events = new StreamReader(await first.Content.ReadAsStreamAsync());
        var id = (await Next(events, "started")).GetProperty("id").GetString();
        using (await agent.Ask(HttpMethod.Delete, $"/v1/processes/{id}"))
            Assert.DoesNotContain(agent.Started, ProcessTree.IsAlive);
        using var third = await agent.AskToStart("poll");
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task A_caller_that_is_gone_takes_its_process_along()
    {
        await using var agent = await RunningAgent.Start("Servers");
        using (var response = await agent.AskToStart("epoll-level"))
            await RunsOne(agent);
        await agent.NothingRuns();
    }

    [Theory]
    [InlineData("Servers", "epoll-level")]
    [InlineData("LoadGen", "--control", "--target", "127.0.0.1:9")]
    public async Task Callers_that_vanish_leave_no_descriptor_behind(string program, params string[] arguments)
    {
        await using var agent = await RunningAgent.Start(program);
        // With the first of them the runtime opens what it keeps.
        await StartAndVanish(agent, 3, arguments);
        var before = ProcessTree.Descriptors(agent.Id);
        await StartAndVanish(agent, 5, arguments);
        await Patience.Until(
            $"no more than {before} descriptors",
            () => ProcessTree.Descriptors(agent.Id) <= before,
            () => $"{ProcessTree.Descriptors(agent.Id)}"
        );
    }

    [Theory]
    [InlineData(ProcessTree.SIGTERM)]
    [InlineData(ProcessTree.SIGINT)]
    [InlineData(ProcessTree.SIGKILL)]
    public async Task An_agent_that_ends_takes_its_process_along(int signal)
    {
        await using var agent = await RunningAgent.Start("Servers");
        using var response = await agent.AskToStart("thread-per-connection");
        await RunsOne(agent);
        agent.Signal(signal);
        var finished = await agent.Finish();
        if (signal != ProcessTree.SIGKILL)
            Assert.Equal(ExitCode.Success, finished.ExitCode);
        await agent.NothingRuns();
    }

    [Fact]
    public async Task No_process_inherits_the_token()
    {
        await using var agent = await RunningAgent.Start("Servers");
        using var response = await agent.AskToStart("epoll-level");
        await RunsOne(agent);
        var environment = await File.ReadAllTextAsync($"/proc/{agent.Started[0]}/environ");
        Assert.DoesNotContain(RunningAgent.Token, environment, StringComparison.Ordinal);
    }

    private static async Task StartAndVanish(RunningAgent agent, int times, string[] arguments)
    {
        for (; times > 0; times--)
            await Patience.Within("it starts", stop => StartOne(agent, arguments, stop));
        await Patience.Until("nothing runs", () => ProcessTree.Of(agent.Id).Count == 1, () => agent.Log);
    }

    // It is refused as long as the one before is being ended.
    private static async Task<bool> StartOne(RunningAgent agent, string[] arguments, CancellationToken stop)
    {
        while (true)
        {
            using var response = await agent.AskToStart(arguments);
            if (response.StatusCode == HttpStatusCode.OK)
                return true;
            await Task.Delay(5, stop);
        }
    }

    // Of every thread; one may end while it is looked at.
    private static IReadOnlyList<string> AllowedCpus(int process) =>
        [.. Directory.GetDirectories($"/proc/{process}/task").Select(AllowedCpusOfThread).OfType<string>()];

    private static string? AllowedCpusOfThread(string thread)
    {
        const string Field = "Cpus_allowed_list:\t";
        try
        {
            var lines = File.ReadLines($"{thread}/status");
            return lines.FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))?[Field.Length..];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static Task RunsOne(RunningAgent agent) =>
        Patience.Until("a process runs", () => agent.Started.Count == 1, () => agent.Log);

    private static async Task<JsonElement> Next(StreamReader events, string type)
    {
        while (await Patience.Within($"event {type}", stop => events.ReadLineAsync(stop).AsTask()) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            using var json = JsonDocument.Parse(line["data: ".Length..]);
            if (json.RootElement.GetProperty("type").GetString() == type)
                return json.RootElement.Clone();
        }
        throw new EndOfStreamException($"no event {type}");
    }
}
