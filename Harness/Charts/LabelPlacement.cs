namespace C10k.Harness.Charts;

/// <summary>Places labels of one column so that none overlaps another and each is as near to its point as can be.</summary>
internal static class LabelPlacement
{
    /// <summary>
    /// Moves the wanted centres apart. Labels keep the order of their points; together they move as little as possible
    /// (least squares), and stay between top and bottom as long as they fit there at all.
    /// </summary>
    /// <returns>The centres, in the order of <paramref name="wanted"/>.</returns>
    public static double[] Spread(IReadOnlyList<double> wanted, double height, double top, double bottom)
    {
        int[] order = [.. Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i])];
        var clusters = new Stack<Cluster>();
        foreach (int i in order)
        {
            var cluster = new Cluster(wanted[i], 1);
            while (clusters.TryPeek(out Cluster? above) && above.Bottom(height) > cluster.Top(height))
            {
                cluster = clusters.Pop().JoinedBy(cluster, height);
            }

            clusters.Push(cluster);
        }

        double[] centres = [.. clusters.Reverse().SelectMany(c => c.Centres(height))];
        KeepBetween(centres, height, top, bottom);
        var placed = new double[wanted.Count];
        for (int n = 0; n < order.Length; n++)
        {
            placed[order[n]] = centres[n];
        }

        return placed;
    }

    // From the bottom up, then from the top down: the top wins when there is room for neither.
    private static void KeepBetween(double[] centres, double height, double top, double bottom)
    {
        double limit = bottom - (height / 2);
        for (int n = centres.Length - 1; n >= 0; n--, limit -= height)
        {
            centres[n] = Math.Min(centres[n], limit);
        }

        limit = top + (height / 2);
        for (int n = 0; n < centres.Length; n++, limit += height)
        {
            centres[n] = Math.Max(centres[n], limit);
        }
    }

    // Labels that touch: they stand as one block around the mean of where each wanted its block to be.
    private sealed record Cluster(double Centre, int Count)
    {
        public double Top(double height) => Centre - (Count * height / 2);

        public double Bottom(double height) => Centre + (Count * height / 2);

        public Cluster JoinedBy(Cluster below, double height)
        {
            int count = Count + below.Count;
            double mine = Centre + (below.Count * height / 2);
            double its = below.Centre - (Count * height / 2);
            return new Cluster(((mine * Count) + (its * below.Count)) / count, count);
        }

        public IEnumerable<double> Centres(double height)
        {
            double first = Top(height) + (height / 2);
            return Enumerable.Range(0, Count).Select(n => first + (n * height));
        }
    }
}
