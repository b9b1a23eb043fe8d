using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using C10k.CommandLine;
using C10k.Contract;

namespace C10k.Harness.CommandLine;

/// <summary>Makes what agents and the Harness need to trust each other: a token, and a certificate with its key.</summary>
internal static class AgentKeysCommand
{
    private const int TokenBytes = 32;
    private const string Name = "C10k Bench agent";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Validity = TimeSpan.FromDays(365);

    private static readonly Argument<string> Folder = new("folder")
    {
        Description = "Where they go; copy it to every machine. Files that are there already are kept.",
    };

    public static Command Create()
    {
        var command = new Command("agent-keys", "Make a token and a certificate for agents on other machines.")
        {
            Folder,
        };
        command.SetAction(Execute);
        return command;
    }

    private static int Execute(ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(Folder);
        if (folder.Length == 0)
            throw new UsageException("agent-keys takes the name of a folder, not ''");
        string[] files =
        [
            Path.Combine(folder, "token"),
            Path.Combine(folder, "agent.crt"),
            Path.Combine(folder, "agent.key"),
        ];
        try
        {
            Directory.CreateDirectory(folder);
            if (!files.All(File.Exists))
                Make(files[0], files[1], files[2]);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"agent-keys {folder}: {refused.Message}");
        }
        Console.WriteLine($"agents:  --token-file {files[0]} --certificate {files[1]} --key {files[2]}");
        Console.WriteLine($"Harness: --agent-token-file {files[0]} --agent-certificate {files[1]}");
        return ExitCode.Success;
    }

    // The Harness trusts this very certificate, so that the names in it do not matter.
    private static void Make(string token, string certificate, string key)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", pair, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var signed = request.CreateSelfSigned(now.AddDays(-1), now + Validity);
        Write(token, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));
        Write(key, pair.ExportPkcs8PrivateKeyPem());
        Write(certificate, signed.ExportCertificatePem());
    }

    // Nobody else may read it, not even for the moment before it is full.
    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var file = new StreamWriter(path, options);
        file.WriteLine(text);
    }
}
