using C10k.Harness.Results;

namespace C10k.Harness.Charts;

/// <summary>The samples of a case as one line: all windows of all rounds, one after the other, in seconds that were measured.</summary>
internal static class TimeLine
{
    /// <summary>Fewer samples tell nothing that the windows do not tell.</summary>
    public const int Fewest = 8;

    /// <summary>How many points a line keeps: more cannot be seen.</summary>
    public const int Most = 100;

    /// <summary>Requests a second from each sample to the next.</summary>
    public static IReadOnlyList<TimePoint> Rates(IEnumerable<SampleRow> samples)
    {
        var line = new List<TimePoint>();
        var begin = 0.0;
        foreach (var window in InOrder(samples))
        {
            var (seconds, requests) = (0d, 0L);
            foreach (var sample in window.Where(sample => sample.Requests is not null && sample.Seconds > seconds))
            {
                line.Add(new(begin + sample.Seconds, (sample.Requests!.Value - requests) / (sample.Seconds - seconds)));
                (seconds, requests) = (sample.Seconds, sample.Requests.Value);
            }
            begin += window[^1].Seconds;
        }
        return line;
    }

    /// <summary>A figure that the samples hold as it is.</summary>
    public static IReadOnlyList<TimePoint> Levels(IEnumerable<SampleRow> samples, Func<SampleRow, double?> figure)
    {
        var line = new List<TimePoint>();
        var begin = 0.0;
        foreach (var window in InOrder(samples))
        {
            line.AddRange(
                from sample in window
                where figure(sample) is not null
                select new TimePoint(begin + sample.Seconds, figure(sample)!.Value)
            );
            begin += window[^1].Seconds;
        }
        return line;
    }

    /// <summary>
    /// Leaves out points that cannot be seen, and keeps those that can: of each stretch the one that makes the largest triangle with its
    /// neighbours, so that a stall of one sample stays a stall (S. Steinarsson, Downsampling time series for visual representation, 2013).
    /// </summary>
    public static IReadOnlyList<TimePoint> Thin(IReadOnlyList<TimePoint> line, int most = Most)
    {
        if (line.Count <= most)
            return line;
        var kept = new List<TimePoint> { line[0] };
        var stretch = (line.Count - 2) / (double)(most - 2);
        for (var n = 0; n < most - 2; n++)
        {
            var (from, to) = (Begin(n), Begin(n + 1));
            var next = line.Skip(to).Take(Math.Max(1, Begin(n + 2) - to)).ToList();
            var mean = new TimePoint(next.Average(point => point.Seconds), next.Average(point => point.Value));
            kept.Add(line.Skip(from).Take(to - from).MaxBy(point => Area(kept[^1], point, mean)));
        }
        kept.Add(line[^1]);
        return kept;

        int Begin(int n) => Math.Min(line.Count - 1, (int)(n * stretch) + 1);
    }

    private static IEnumerable<List<SampleRow>> InOrder(IEnumerable<SampleRow> samples) =>
        from window in samples.GroupBy(sample => (sample.Round, sample.Window))
        orderby window.Key
        select window.OrderBy(sample => sample.Seconds).ToList();

    private static double Area(TimePoint a, TimePoint b, TimePoint c) =>
        Math.Abs(((a.Seconds - c.Seconds) * (b.Value - a.Value)) - ((a.Seconds - b.Seconds) * (c.Value - a.Value)));
}

/// <summary>A figure at a time, in seconds that were measured.</summary>
internal readonly record struct TimePoint(double Seconds, double Value);
