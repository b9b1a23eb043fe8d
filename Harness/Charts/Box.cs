namespace C10k.Harness.Charts;

/// <summary>A rectangle in pixels; y grows downwards.</summary>
internal sealed record Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;
    public double Height => Bottom - Top;
}
