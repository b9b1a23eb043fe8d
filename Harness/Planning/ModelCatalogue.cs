using System.Diagnostics;
using System.Text.Json;
using C10k.Hosting;

namespace C10k.Harness.Planning;

/// <summary>Asks a server's executable which models it has.</summary>
internal static class ModelCatalogue
{
    /// <exception cref="InvalidOperationException">The executable does not tell.</exception>
    public static IReadOnlyList<ModelInfo> Load(string executable)
    {
        var start = new ProcessStartInfo(executable, "--list")
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var json = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        try
        {
            return ModelList.FromJson(json);
        }
        catch (JsonException wrong)
        {
            throw new InvalidOperationException(
                $"{executable} --list printed no list of models: {wrong.Message}",
                wrong
            );
        }
    }
}
