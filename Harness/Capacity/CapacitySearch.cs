namespace C10k.Harness.Capacity;

/// <summary>
/// Finds the highest value (a rate, a number of clients) at which a server still does what is asked of it: doubles until it fails, or
/// halves until it holds, narrows the gap down, and believes an answer only when repeats confirm it. A value that failed is tried again,
/// for one unlucky measurement is no ceiling. Measuring is somebody else's business.
/// </summary>
/// <param name="holds">Whether it holds at a value; each call is a measurement of its own, and may err.</param>
/// <param name="precision">How far, as a share, the answer may lie below the first value that failed, where whole numbers are that near.</param>
/// <param name="repeats">How often an answer must hold again before it is believed.</param>
internal sealed class CapacitySearch(Func<int, bool> holds, double precision, int repeats)
{
    // Below every value, and above every value.
    private const int NoneHolds = 0;
    private const int NoneFails = int.MaxValue;

    /// <summary>The highest value that holds; null when not even <paramref name="least"/> does.</summary>
    /// <param name="first">Tried first: what most servers can do.</param>
    /// <param name="least">The search never goes below it; 1 or more.</param>
    /// <param name="most">Never exceeded.</param>
    public int? Find(int first, int least, int most)
    {
        var (good, bad) = Holds(first) ? Upwards(first, most) : Downwards(first, least);
        for (var step = precision; good >= least; step *= 2)
        {
            good = Narrow(good, bad);
            if (Confirm(good))
                return good;
            // What did not hold in each of the repeats is no capacity: the search goes on below it, each time with a longer step.
            bad = good;
            good = Math.Min(bad - 1, Math.Max(least, (int)Math.Ceiling(bad / (1 + step))));
        }
        return null;
    }

    // Two of three decide, but what holds at once is as good: it has to hold again in the end.
    private bool Holds(int value) => holds(value) || (holds(value) && holds(value));

    private (int Good, int Bad) Upwards(int good, int most)
    {
        while (good < most)
        {
            var next = (int)Math.Min(2L * good, most);
            if (!Holds(next))
                return (good, next);
            good = next;
        }
        return (good, NoneFails);
    }

    private (int Good, int Bad) Downwards(int bad, int least)
    {
        while (bad > least)
        {
            var next = Math.Max(bad / 2, least);
            if (Holds(next))
                return (next, bad);
            bad = next;
        }
        return (NoneHolds, bad);
    }

    private int Narrow(int good, int bad)
    {
        while (bad != NoneFails && bad - good > 1 && bad > good * (1 + precision))
        {
            var middle = Math.Clamp((int)Math.Round(Math.Sqrt((double)good * bad)), good + 1, bad - 1);
            if (Holds(middle))
                good = middle;
            else
                bad = middle;
        }
        return good;
    }

    private bool Confirm(int value) => Enumerable.Range(0, repeats).All(_ => Holds(value));
}
