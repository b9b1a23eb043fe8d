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
    /// <summary>What else it threw; null where it read the input or refused it.</summary>
    public Exception? Feed(string input)
    {
        try
        {
            Read(input);
            return null;
        }
        catch (Exception refusal) when (Refusals.Any(type => type.IsInstanceOfType(refusal)))
        {
            return IsOneLine(refusal.Message) ? null : new FormatException($"no single line: {refusal.Message}");
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    // Of a line that it cites it may cite anything, which is made one line where it is printed.
    private static bool IsOneLine(string message) => message.Length is > 0 and < 20_000;
}
