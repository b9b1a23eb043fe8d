using C10k.Harness.Recording;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Recording;

public sealed class RunLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_line_carries_its_time_and_is_on_disk_at_once()
    {
        using var log = RunLog.AppendTo(_folder["bench.log"], new FakeClock());
        log.Write("the server said: hello");
        using var file = new FileStream(_folder["bench.log"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        Assert.Equal("2026-01-31 12:00:00.000Z the server said: hello\n", reader.ReadToEnd());
    }

    [Fact]
    public void A_message_of_several_lines_is_one_line()
    {
        var text = new StringWriter();
        using (var log = new RunLog(text, new FakeClock()))
            log.Write("one\ntwo\r\nthree");
        Assert.EndsWith("Z one two three" + Environment.NewLine, text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_reads_it_on_a_terminal_is_shown_text_and_nothing_else()
    {
        var text = new StringWriter();
        using (var log = new RunLog(text, new FakeClock()))
            log.Write("stderr: \u001b]0;evil\a");
        Assert.EndsWith("stderr: ?]0;evil?" + Environment.NewLine, text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_goes_on_where_an_earlier_one_ended()
    {
        foreach (var message in (string[])["first", "second"])
        {
            using var log = RunLog.AppendTo(_folder["bench.log"], new FakeClock());
            log.Write(message);
        }
        Assert.Equal(2, File.ReadAllLines(_folder["bench.log"]).Length);
    }

    [Fact]
    public void Threads_do_not_write_into_each_others_lines()
    {
        using (var log = RunLog.AppendTo(_folder["bench.log"], new FakeClock()))
            Parallel.For(0, 400, i => log.Write(new string((char)('a' + i % 26), 50)));
        var lines = File.ReadAllLines(_folder["bench.log"]);
        Assert.Equal(400, lines.Length);
        Assert.All(lines, line => Assert.Single(line.Split(' ')[^1].Distinct()));
    }

    // A process that left a grandchild behind may still be heard of when everything is over.
    [Fact]
    public void Who_comes_too_late_is_not_heard_and_does_no_harm()
    {
        var text = new StringWriter();
        var log = new RunLog(text, new FakeClock());
        log.Dispose();
        log.Write("too late");
        log.Dispose();
        Assert.Equal("", text.ToString());
    }
}
