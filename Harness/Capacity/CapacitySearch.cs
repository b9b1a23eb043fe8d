namespace C10k.Harness.Capacity;

/// <summary>
/// Finds the highest value (a rate, a number of clients) at which a server still does what is asked of it: doubles until it fails,
/// narrows the gap down, and believes an answer only when repeats confirm it. Measuring is somebody else's business.
/// </summary>
/// <param name="holds">Whether it holds at a value; each call is a measurement of its own, and may err.</param>
/// <param name="precision">How far, as a share, the answer may lie below the first value that failed.</param>
/// <param name="repeats">How often an answer must hold again before it is believed.</param>
internal sealed class CapacitySearch(Func<double, bool> holds, double precision, int repeats)
{
    /// <summary>The highest value that holds; null when not even <paramref name="least"/> does.</summary>
    /// <param name="least">Tried first.</param>
    /// <param name="most">Never exceeded.</param>
    public double? Find(double least, double most)
    {
        if (!holds(least))
            return null;
        var (good, bad) = Bracket(least, most);
        while (true)
        {
            good = Narrow(good, bad);
            if (Confirm(good))
                return good;
            // What failed once in a row of repeats is no capacity: the search goes on below it.
            bad = good;
            good = bad / (1 + precision);
            if (good < least)
                return Confirm(least) ? least : null;
        }
    }

    // The value that failed is infinite where none did.
    private (double Good, double Bad) Bracket(double least, double most)
    {
        var good = least;
        while (good < most)
        {
            var next = Math.Min(2 * good, most);
            if (!holds(next))
                return (good, next);
            good = next;
        }
        return (good, double.PositiveInfinity);
    }

    private double Narrow(double good, double bad)
    {
        while (double.IsFinite(bad) && bad / good > 1 + precision)
        {
            var middle = Math.Sqrt(good * bad);
            if (holds(middle))
                good = middle;
            else
                bad = middle;
        }
        return good;
    }

    private bool Confirm(double value)
    {
        for (var i = 0; i < repeats; i++)
        {
            if (!holds(value))
                return false;
        }
        return true;
    }
}
