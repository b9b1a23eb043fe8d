using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace C10k.Tests.Servers.Readiness;

/// <summary>
/// A libkqueue for machines that have none, so that the <c>kqueue</c> model is tested everywhere where there is a C compiler. It is seen
/// by the servers under test alone.
/// </summary>
internal static class KqueueStandIn
{
    private const string Name = "libkqueue.so.0";

    private static readonly Lazy<string?> s_folder = new(Build);

    /// <summary>Where it is; null where the real library is installed, or nothing can be built.</summary>
    public static string? Folder => s_folder.Value;

    private static string? Build()
    {
        if (NativeLibrary.TryLoad(Name, out _))
            return null;
        var folder = Path.Combine(AppContext.BaseDirectory, "kqueue-stand-in");
        Directory.CreateDirectory(folder);
        var source = Path.Combine(AppContext.BaseDirectory, "kqueue.c");
        return Compile(source, Path.Combine(folder, Name)) ? folder : null;
    }

    private static bool Compile(string source, string library)
    {
        try
        {
            // Under a name of its own first: two test runs may build it at once.
            var mine = $"{library}.{Environment.ProcessId}";
            using var compiler = Process.Start("cc", ["-O2", "-shared", "-fPIC", "-o", mine, source]);
            compiler.WaitForExit();
            if (compiler.ExitCode == 0)
                File.Move(mine, library, overwrite: true);
            return compiler.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // There is no compiler; the model's tests are skipped then, with its own reason.
        }
    }
}
