namespace C10k.Harness.Charts;

/// <summary>What the markers look like.</summary>
internal static class MarkerShapes
{
    /// <summary>The corners of every marker but the circle, around 0, 0; areas are about that of a circle with the radius.</summary>
    public static IReadOnlyList<(double X, double Y)> Corners(Marker marker, double radius) =>
        marker switch
        {
            Marker.Square => Polygon(4, radius * 1.25, 45),
            Marker.Diamond => Polygon(4, radius * 1.3, 0),
            Marker.TriangleUp => Polygon(3, radius * 1.45, 0),
            Marker.TriangleDown => Polygon(3, radius * 1.45, 180),
            Marker.Pentagon => Polygon(5, radius * 1.15, 0),
            Marker.Hexagon => Polygon(6, radius * 1.1, 30),
            Marker.Star => Star(5, radius * 1.55, radius * 0.66, 0),
            Marker.Cross => Plus(radius * 1.3, radius * 0.45, 0),
            Marker.Saltire => Plus(radius * 1.3, radius * 0.45, 45),
            _ => throw new ArgumentOutOfRangeException(nameof(marker), marker, "has no corners"),
        };

    private static List<(double X, double Y)> Polygon(int corners, double radius, double turned) =>
        [.. Enumerable.Range(0, corners).Select(i => Polar(radius, turned + (360.0 * i / corners)))];

    private static List<(double X, double Y)> Star(int points, double outer, double inner, double turned) =>
        [
            .. Enumerable
                .Range(0, points * 2)
                .Select(i => Polar(i % 2 == 0 ? outer : inner, turned + (180.0 * i / points))),
        ];

    private static List<(double X, double Y)> Plus(double arm, double half, double turned)
    {
        double toCorner = Math.Sqrt((arm * arm) + (half * half));
        double angle = Math.Atan2(half, arm) * 180 / Math.PI;
        double[] quarters = [0, 90, 180, 270];
        return
        [
            .. quarters.SelectMany(q =>
                new[]
                {
                    Polar(toCorner, turned + q - angle),
                    Polar(toCorner, turned + q + angle),
                    Polar(half * Math.Sqrt(2), turned + q + 45),
                }
            ),
        ];
    }

    // Degrees clockwise from the top, as y grows downwards.
    private static (double X, double Y) Polar(double radius, double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        return (radius * sin, -radius * cos);
    }
}
