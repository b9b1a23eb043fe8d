namespace C10k.Tests.EndToEnd.Faults;

/// <summary>Something that goes wrong while a run is under way.</summary>
/// <param name="Name">What it is, as the table in docs/reliability.md has it.</param>
/// <param name="Happen">Lets it happen to real processes; what became of the run.</param>
internal sealed record Fault(string Name, Func<Task<FaultOutcome>> Happen);

/// <summary>What became of a run that something happened to. Times, process ids and paths are left out, so that it is the same every time.</summary>
/// <param name="ExitCode">Of the Harness.</param>
/// <param name="Rows">The states of the cases that have a row, with the reasons of those that have no figure.</param>
/// <param name="Told">What the Harness said of it on stderr, where the rows do not.</param>
internal sealed record FaultOutcome(int ExitCode, string Rows, string Told = "");
