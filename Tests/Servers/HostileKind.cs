namespace C10k.Tests.Servers;

/// <summary>A kind of clients that mean harm.</summary>
/// <param name="Name">What they do, as the table in docs/reliability.md has it.</param>
/// <param name="Come">Lets them do it to a server.</param>
internal sealed record HostileKind(string Name, Func<ServerUnderTest, Task> Come);
