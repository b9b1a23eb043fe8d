using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using C10k.CommandLine;

namespace C10k.Nodes.Agents;

/// <summary>The command <c>agent</c>, which the programs that an agent can start have in common.</summary>
internal static class AgentCommand
{
    private static readonly Option<AgentAddress> Listen = new("--listen")
    {
        Description =
            "Where callers reach it: https://10.0.0.1:7001, or http:// on a loopback address; port 0 lets the kernel choose.",
        DefaultValueFactory = _ => AgentAddress.Default,
        CustomParser = ParseAddress,
    };
    private static readonly Option<string?> TokenFile = new("--token-file")
    {
        Description =
            $"The file with the token that callers must show; without it, the environment's {AgentToken.Variable}.",
    };
    private static readonly Option<string?> Certificate = new("--certificate")
    {
        Description = "The certificate for https://, as PEM.",
    };
    private static readonly Option<string?> Key = new("--key")
    {
        Description = "The certificate's key, as PEM; without it, the key stands in the certificate's file.",
    };

    private static readonly Option<CpuSet?> Cpus = new("--cpus")
    {
        Description =
            "The CPUs of what it starts, such as 0-3; all that it was started on by default. The agent itself keeps off these where there are others.",
        CustomParser = result =>
            CpuSet.TryParse(OptionOf.Word(result), out var set) && set.Except(CpuSet.Allowed).Cpus.Count == 0
                ? set
                : OptionOf.Refuse<CpuSet>(
                    result,
                    "--cpus",
                    $"takes some of the CPUs {CpuSet.Allowed}, such as 0 or 0-3,8"
                ),
    };

    /// <param name="catalogue">What it may start.</param>
    public static Command Create(AgentCatalogue catalogue)
    {
        var command = new Command(
            "agent",
            $"Starts {catalogue.Program} for a Harness on another machine, and nothing else. Prints READY and its address when it listens."
        )
        {
            Listen,
            TokenFile,
            Certificate,
            Key,
            Cpus,
        };
        command.SetAction((parsed, _) => new AgentHost(ReadOptions(parsed), catalogue).Run());
        return command;
    }

    private static AgentOptions ReadOptions(ParseResult parsed)
    {
        var address = parsed.GetRequiredValue(Listen);
        var token = AgentToken.Read(parsed.GetValue(TokenFile), TokenFile.Name);
        var certificate = parsed.GetValue(Certificate);
        if (address.IsSecure != (certificate is not null))
            throw new UsageException(
                address.IsSecure
                    ? "--listen https:// needs --certificate: Harness agent-keys FOLDER makes one"
                    : "--certificate is for --listen https://"
            );
        return new AgentOptions(address, token)
        {
            Cpus = parsed.GetValue(Cpus) ?? CpuSet.Allowed,
            Certificate = ReadCertificate(certificate, parsed.GetValue(Key)),
        };
    }

    private static X509Certificate2? ReadCertificate(string? file, string? key)
    {
        try
        {
            return file is null ? null : X509Certificate2.CreateFromPemFile(file, key);
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--certificate {file}: {wrong.Message}");
        }
    }

    private static AgentAddress? ParseAddress(ArgumentResult result) =>
        AgentAddress.TryParse(OptionOf.Word(result), out var address)
            ? address
            : OptionOf.Refuse<AgentAddress>(
                result,
                "--listen",
                "takes https://ADDRESS:PORT with an IP address of this machine, or http:// with a loopback address"
            );
}
