namespace C10k.Harness.Charts;

/// <summary>The shape at the points of a model.</summary>
internal enum Marker
{
    Circle,
    Square,
    TriangleUp,
    Diamond,
    TriangleDown,
    Cross,
    Pentagon,
    Star,
    Saltire,
    Hexagon,
}

/// <summary>Which model has which marker.</summary>
internal static class Markers
{
    private static readonly Marker[] _all = Enum.GetValues<Marker>();

    // Within a family, where the colour is the same, no two of these may be alike. A model that is not listed gets a
    // marker of its own choice: the same in every run, but perhaps that of a relative.
    private static readonly Dictionary<string, Marker> _models = new()
    {
        ["epoll-level"] = Marker.Circle,
        ["epoll-edge"] = Marker.Square,
        ["poll"] = Marker.TriangleUp,
        ["select"] = Marker.Diamond,
        ["thread-per-connection"] = Marker.Circle,
        ["prefork"] = Marker.Circle,
        ["async"] = Marker.Circle,
        ["io-uring"] = Marker.Circle,
        ["libevent"] = Marker.Circle,
    };

    public static Marker Of(string model)
    {
        if (_models.TryGetValue(model, out Marker marker))
        {
            return marker;
        }

        // A variant (model:key=value) never looks like what it is a variant of.
        int colon = model.IndexOf(':', StringComparison.Ordinal);
        Marker[] free = colon < 0 ? _all : [.. _all.Where(m => m != Of(model[..colon]))];
        return free[StableHash.Of(model) % free.Length];
    }
}
