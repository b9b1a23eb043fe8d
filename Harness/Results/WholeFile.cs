using System.Text;

namespace C10k.Harness.Results;

/// <summary>Writes a file in one piece: whoever reads it, at whatever moment, finds the old one or the new one, and never half of it.</summary>
internal static class WholeFile
{
    /// <exception cref="IOException">It cannot be written; what stood there still stands there.</exception>
    public static void Write(string path, string text)
    {
        var aside = path + ".new";
        try
        {
            using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }
            File.Move(aside, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(aside);
            throw;
        }
    }
}
