using C10k.CommandLine;

namespace C10k.Tests.Fuzz;

/// <summary>Something that reads what others wrote.</summary>
/// <param name="Name">What it reads.</param>
/// <param name="Inputs">How many damaged inputs it gets for each seed.</param>
/// <param name="Examples">Good inputs, which are damaged.</param>
/// <param name="Read">Reads one input; may end in a refusal and in no other way.</param>
/// <param name="Refusals">The exceptions by which it says that an input is not what it should be.</param>
internal sealed record FuzzTarget(
    string Name,
    int Inputs,
    IReadOnlyList<string> Examples,
    Action<string> Read,
    params IReadOnlyList<Type> Refusals
)
{
    private const char LineSeparator = '\u2028';
    private const char ParagraphSeparator = '\u2029';

    /// <summary>How a refusal is printed.</summary>
    public Func<string, string> Print { get; init; } = message => CommandLineProgram.Line("run-bench", message);

    /// <summary>What else it threw; null where it read the input or refused it in one line.</summary>
    public Exception? Feed(string input)
    {
        try
        {
            Read(input);
            return null;
        }
        catch (Exception refusal) when (Refusals.Any(type => type.IsInstanceOfType(refusal)))
        {
            return IsOneLine(refusal) ? null : new FormatException($"no single line: {Print(refusal.Message)}");
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    // Whatever it quotes may hold anything.
    private bool IsOneLine(Exception refusal) =>
        refusal.Message.Length > 0
        && Print(refusal.Message) is { Length: < 20_000 } line
        && !line.Any(letter => char.IsControl(letter) || letter is LineSeparator or ParagraphSeparator);
}
