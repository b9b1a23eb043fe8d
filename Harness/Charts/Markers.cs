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
        ["blocking"] = Marker.Circle,
        ["blocking-one-shot"] = Marker.Square,
        ["epoll-level"] = Marker.Circle,
        ["epoll-edge"] = Marker.Square,
        ["poll"] = Marker.TriangleUp,
        ["select"] = Marker.Diamond,
        ["busy-poll"] = Marker.TriangleDown,
        ["kqueue"] = Marker.Cross,
        ["epoll-threads"] = Marker.Star,
        ["io-uring"] = Marker.Circle,
        ["libevent"] = Marker.Circle,
        ["thread-per-connection"] = Marker.Circle,
        ["thread-per-connection-gil"] = Marker.Square,
        ["thread-pool"] = Marker.TriangleUp,
        ["process-per-connection"] = Marker.Circle,
        ["prefork"] = Marker.Square,
        ["hybrid"] = Marker.TriangleUp,
        ["epoll-workers"] = Marker.Diamond,
        ["loop-callbacks"] = Marker.Circle,
        ["loop-generators"] = Marker.Square,
        ["loop-async"] = Marker.TriangleUp,
        ["async"] = Marker.Circle,
        ["saea"] = Marker.Square,
        ["pipelines"] = Marker.TriangleUp,
        ["kestrel"] = Marker.Diamond,
    };

    /// <summary>The edge of a marker: white around a filled one, so that two in one place stay apart.</summary>
    public static Stroke Rim(string colour, bool hollow) =>
        hollow ? new Stroke(colour, 1.5) : new Stroke(Palette.Paper, 0.8);

    public static Marker Of(string model)
    {
        if (model.Length == 0)
        {
            return Marker.Circle;
        }

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
