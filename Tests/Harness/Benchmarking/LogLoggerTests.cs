using BenchmarkDotNet.Loggers;
using C10k.Harness.Benchmarking;
using C10k.Harness.Recording;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.Harness.Benchmarking;

public class LogLoggerTests
{
    [Fact]
    public void Complaints_go_to_the_log_and_chatter_goes_nowhere()
    {
        var text = new StringWriter();
        using (var log = new RunLog(text, new FakeClock()))
        {
            var logger = new LogLogger(log);
            logger.WriteLine(LogKind.Info, "// Found 6 benchmarks");
            logger.WriteLine(LogKind.Header, "// * Summary *");
            logger.Write(LogKind.Error, "it ");
            logger.WriteLine(LogKind.Error, "broke");
            logger.WriteLine(LogKind.Warning, "careful");
            logger.WriteLine();
        }
        Assert.Equal(
            [
                "2026-01-31 12:00:00.000Z benchmarkdotnet: it broke",
                "2026-01-31 12:00:00.000Z benchmarkdotnet: careful",
                "",
            ],
            text.ToString().Split(Environment.NewLine)
        );
    }
}
