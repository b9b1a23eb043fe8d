using System.Runtime.InteropServices;

namespace C10k.Harness.Results;

/// <summary>The symbolic link <c>latest</c> beside the result folders.</summary>
internal static partial class LatestLink
{
    public const string Name = "latest";

    /// <summary>
    /// Points the link at the folder. The new link is made aside and renamed over the old one, so that whoever follows it
    /// finds a folder at every moment; it is relative, so that the results can be moved or mounted elsewhere.
    /// </summary>
    /// <exception cref="IOException">The file system has no links, or something else is called latest.</exception>
    public static void PointAt(string folder)
    {
        string root = Path.GetDirectoryName(folder)!;
        string link = Path.Combine(root, Name);
        string aside = Path.Combine(root, $".{Name}-{Environment.ProcessId}");
        File.Delete(aside);
        File.CreateSymbolicLink(aside, Path.GetFileName(folder));
        if (Rename(aside, link) != 0)
        {
            string why = Marshal.GetLastPInvokeErrorMessage();
            File.Delete(aside);
            throw new IOException(
                $"{link} cannot be pointed at {Path.GetFileName(folder)}: {why}; remove it and try again"
            );
        }
    }

    // File.Move and Directory.Move both refuse a link to a folder. rename(2) replaces the link itself.
    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rename(string from, string to);
}
