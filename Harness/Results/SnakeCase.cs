using System.Text;

namespace C10k.Harness.Results;

/// <summary>Turns names of the code into names of the files: <c>P99Us</c> to <c>p99_us</c> or <c>p99-us</c>.</summary>
internal static class SnakeCase
{
    public static string Of(string pascalCase, char separator = '_')
    {
        var name = new StringBuilder();
        foreach (char c in pascalCase)
        {
            if (char.IsAsciiLetterUpper(c) && name.Length > 0)
            {
                name.Append(separator);
            }

            name.Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }
}
