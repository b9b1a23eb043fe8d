using System.Diagnostics;
using C10k.Latency;
using C10k.Tests.Support;
using Xunit;
using static C10k.Tests.Shared.Latency.Latencies;

namespace C10k.Tests.Shared.Latency;

/// <summary>The HdrHistogram library for Java as an independent judge of what we write.</summary>
[Trait("Category", "long")]
public class JavaHdrHistogramTests
{
    private const string Jar = "/usr/share/java/hdrhistogram.jar";
    private static readonly double[] Percentiles = [0, 0.01, 1, 25, 50, 75, 90, 99, 99.9, 99.99, 99.999, 100];

    // Per line of input, the base64 of a histogram: statistics and percentiles, our encoding and Java's own, and the .hgrm text.
    private static readonly string Judge = $$"""
        import java.nio.ByteBuffer;
        import java.util.*;
        import org.HdrHistogram.Histogram;

        class Judge {
          static String hex(ByteBuffer buffer) {
            return HexFormat.of().formatHex(Arrays.copyOf(buffer.array(), buffer.position()));
          }

          public static void main(String[] args) throws Exception {
            for (Scanner in = new Scanner(System.in); in.hasNextLine(); ) {
              byte[] bytes = Base64.getDecoder().decode(in.nextLine());
              Histogram h = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(bytes), 0);
              System.out.print(h.getTotalCount() + " " + h.getMinValue() + " " + h.getMaxValue());
              for (double p : new double[] { {{string.Join(
            ", ",
            Percentiles
        )}} }) System.out.print(" " + h.getValueAtPercentile(p));
              System.out.println();
              ByteBuffer plain = ByteBuffer.allocate(h.getNeededByteBufferCapacity());
              h.encodeIntoByteBuffer(plain);
              System.out.println(hex(plain));
              ByteBuffer compressed = ByteBuffer.allocate(h.getNeededByteBufferCapacity() + 1000);
              h.encodeIntoCompressedByteBuffer(compressed);
              System.out.println(hex(compressed));
              h.outputPercentileDistribution(System.out, 5, 1000.0);
            }
          }
        }
        """;

    // Reads a log, tells what it found in it, and writes it anew.
    private const string LogJudge = """
        import org.HdrHistogram.*;

        class Judge {
          public static void main(String[] args) throws Exception {
            HistogramLogReader reader = new HistogramLogReader(System.in);
            HistogramLogWriter writer = new HistogramLogWriter(System.out);
            for (Histogram h; (h = (Histogram) reader.nextIntervalHistogram()) != null; ) {
              System.out.println(h.getTag() + " " + h.getStartTimeStamp() + " " + h.getEndTimeStamp() + " " + h.getTotalCount());
              double start = h.getStartTimeStamp() / 1000.0 - reader.getStartTimeSec();
              double end = h.getEndTimeStamp() / 1000.0 - reader.getStartTimeSec();
              writer.outputIntervalHistogram(start, end, h, 1000000.0);
            }
          }
        }
        """;

    [Fact]
    public void Java_reads_our_log_and_we_read_its()
    {
        SkipWithoutJava();
        LatencyHistogram[] histograms = [.. Histograms().Where(histogram => histogram.TotalCount > 0)];
        DateTimeOffset start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
        using StringWriter log = new();
        HlogWriter writer = new(log);
        writer.Begin("Logged by a test", start);
        for (int i = 0; i < histograms.Length; i++)
        {
            writer.Write(TimeSpan.FromSeconds(i), TimeSpan.FromSeconds(1), histograms[i], i % 2 == 0 ? null : "odd");
        }

        using StringReader verdict = new(RunJudge(LogJudge, [log.ToString()]));

        for (int i = 0; i < histograms.Length; i++)
        {
            long begin = start.ToUnixTimeMilliseconds() + (1000 * i);
            string tag = i % 2 == 0 ? "null" : "odd";
            Assert.Equal($"{tag} {begin} {begin + 1000} {histograms[i].TotalCount}", verdict.ReadLine());
            string[] fields = verdict.ReadLine()!.Split(',');
            string max = $"{histograms[i].Max / 1e6:0.000}";
            Assert.Equal([.. i % 2 == 0 ? [] : (string[])["Tag=odd"], $"{i}.000", "1.000", max], fields[..^1]);
            AssertSame(histograms[i], HistogramEncoding.DecodeBase64(fields[^1]));
        }

        Assert.Equal(-1, verdict.Peek());
    }

    [Fact]
    public void Java_reads_our_encoding_and_finds_the_same_percentiles_and_text()
    {
        SkipWithoutJava();
        LatencyHistogram[] histograms = [.. Histograms()];

        using StringReader verdict = new(RunJudge(Judge, histograms.Select(HistogramEncoding.EncodeBase64)));

        Assert.All(histograms, histogram => AssertAgreed(histogram, verdict));
        Assert.Equal(-1, verdict.Peek());
    }

    private static void AssertAgreed(LatencyHistogram histogram, StringReader verdict)
    {
        long[] statistics = [histogram.TotalCount, histogram.Min, histogram.Max];
        IEnumerable<long> percentiles = Percentiles.Select(histogram.ValueAtPercentile);
        Assert.Equal(string.Join(' ', statistics.Concat(percentiles)), verdict.ReadLine());
        Assert.Equal(Convert.ToHexStringLower(HistogramEncoding.Encode(histogram)), verdict.ReadLine());
        AssertSame(histogram, HistogramEncoding.Decode(Convert.FromHexString(verdict.ReadLine()!)));
        foreach (string line in HgrmWriterTests.Written(histogram, 1000, 5).TrimEnd('\n').Split('\n'))
        {
            Assert.Equal(line, verdict.ReadLine());
        }
    }

    private static IEnumerable<LatencyHistogram> Histograms()
    {
        yield return new();
        yield return Recorded(0);
        yield return Recorded(Enumerable.Range(1, 10).Select(ms => ms * 1_000_000L));
        yield return Recorded(0, 1, 2047, 2048, LatencyHistogram.HighestTrackable);
        for (int seed = 1; seed <= 5; seed++)
        {
            yield return Recorded(Random(seed, (int)Math.Pow(10, seed)));
        }

        LatencyHistogram large = new(); // percentiles up to ten nines and more
        for (int decade = 0; decade <= 12; decade++)
        {
            large.Record(1_000_000 - (decade * 50_000), (long)Math.Pow(10, decade));
        }

        yield return large;
    }

    private static void SkipWithoutJava()
    {
        Installed.Require(File.Exists(Jar), $"{Jar} is missing (Debian package libhdrhistogram-java)");
        Installed.Require(
            HasCompiler(),
            "no javac on the PATH, version 17 or newer (Debian package default-jdk-headless)"
        );
    }

    private static bool HasCompiler() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Any(folder => File.Exists(Path.Join(folder, "javac")));

    private static string RunJudge(string judge, IEnumerable<string> lines)
    {
        string folder = Directory.CreateTempSubdirectory("hdr-judge-").FullName;
        try
        {
            string source = Path.Join(folder, "Judge.java");
            File.WriteAllText(source, judge);
            return Run("java", ["-cp", Jar, source], lines);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(string program, string[] arguments, IEnumerable<string> lines)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(string.Join('\n', lines));
        process.StandardInput.Close();
        bool ended = process.WaitForExit(TimeSpan.FromMinutes(2));
        if (!ended)
        {
            process.Kill();
        }

        Assert.True(ended, $"{program} took more than two minutes");
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.Result;
    }
}
