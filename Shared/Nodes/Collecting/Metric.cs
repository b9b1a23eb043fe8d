namespace C10k.Nodes.Collecting;

/// <summary>What a figure means.</summary>
/// <param name="Id">Its name in results, one of <see cref="MetricIds"/>.</param>
/// <param name="Unit">As <c>cores</c>, <c>MB</c> (2^20 bytes); empty for plain counts.</param>
/// <param name="Legend">One sentence for the reader of a report.</param>
/// <param name="Better">Which way is good.</param>
internal sealed record Metric(string Id, string Unit, string Legend, Better Better);

/// <summary>Which of two figures is the better one.</summary>
internal enum Better
{
    Higher,
    Lower,

    /// <summary>It explains, and judges nothing.</summary>
    Neither,
}
