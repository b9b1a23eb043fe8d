using System.Security.Cryptography;
using System.Text;
using C10k.CommandLine;

namespace C10k.Nodes.Agents;

/// <summary>The secret that agents and their callers share; sent as a bearer token (RFC 6750).</summary>
internal sealed class AgentToken
{
    /// <summary>The environment variable that holds it where no file is named.</summary>
    public const string Variable = "C10K_AGENT_TOKEN";

    private const int ShortestLength = 16;
    private const string Scheme = "Bearer ";

    private readonly byte[] _hash;

    private AgentToken(string text) => (Text, _hash) = (text, Hash(text));

    public string Text { get; }

    /// <summary>Reads it from the file, or without one from the environment, from which it is taken out: no child is to inherit it.</summary>
    /// <param name="file">What the option names; null where it was not given.</param>
    /// <param name="option">What the option is called.</param>
    /// <exception cref="UsageException">There is none, or it could be guessed.</exception>
    public static AgentToken Read(string? file, string option)
    {
        var text = file is null ? Environment.GetEnvironmentVariable(Variable) : ReadFile(file, option);
        Environment.SetEnvironmentVariable(Variable, null);
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
            throw new UsageException(
                file is null
                    ? $"an agent needs a token: name a file with {option}, or set {Variable}; Harness agent-keys FOLDER makes one"
                    : $"{option} {file} is empty: Harness agent-keys FOLDER makes a token"
            );
        if (text.Length < ShortestLength || text.Any(letter => letter is <= ' ' or > '~'))
            throw new UsageException(
                $"the token is not {ShortestLength} or more printable characters of ASCII without a space: Harness agent-keys FOLDER makes one"
            );
        return new AgentToken(text);
    }

    /// <summary>Whether a header <c>Authorization</c> holds it. How long that takes tells nothing about it.</summary>
    public bool Accepts(string? authorization) =>
        authorization is not null
        && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Hash(authorization[Scheme.Length..]), _hash);

    private static string ReadFile(string file, string option)
    {
        try
        {
            return SmallFile.ReadText(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}: {unreadable.Message}");
        }
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
