namespace C10k.Harness.Planning;

/// <summary>One thing that <c>doctor</c> looked at.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="Here">What there is of it on this machine.</param>
/// <param name="Needed">What a default run needs of it.</param>
/// <param name="Suffices">Whether it is enough for that.</param>
/// <param name="Remedy">How to have more.</param>
internal sealed record CheckupLine(string What, string Here, string Needed, bool Suffices, string Remedy);
