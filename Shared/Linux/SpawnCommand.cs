using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>
/// A program with its arguments and environment, laid out once and started again and again. A child gets the signal mask, process group
/// and limits of whoever starts it, and of descriptors those that are not closed on exec. The same thread should start all of them:
/// a child that asked to end with its parent ends with the <em>thread</em> that started it, see prctl(2), PR_SET_PDEATHSIG.
/// </summary>
public sealed unsafe class SpawnCommand : IDisposable
{
    private readonly byte** _argv;
    private readonly byte** _envp;

    /// <param name="program">The path of an executable; PATH is not searched.</param>
    /// <param name="arguments">Those behind the program's name.</param>
    /// <param name="environment">Variables that are added to those of this process, or replace them.</param>
    public SpawnCommand(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        _argv = ToNative([program, .. arguments]);
        _envp = ToNative([.. Merge(environment ?? new Dictionary<string, string>())]);
    }

    /// <summary>Starts it: the process id, or minus errno; EAGAIN says that there may be no more processes, ENOMEM that memory is short.</summary>
    /// <param name="descriptors">Which of our descriptors the child gets, and under which number.</param>
    public int Start(params ReadOnlySpan<(int Ours, int Childs)> descriptors)
    {
        posix_spawn_file_actions_t actions;
        _ = Spawn.posix_spawn_file_actions_init(&actions);
        foreach (var (ours, childs) in descriptors)
            _ = Spawn.posix_spawn_file_actions_adddup2(&actions, ours, childs);
        int pid;
        var error = Spawn.posix_spawn(&pid, _argv[0], &actions, null, _argv, _envp);
        _ = Spawn.posix_spawn_file_actions_destroy(&actions);
        return error == 0 ? pid : -error;
    }

    /// <summary>Frees the strings.</summary>
    public void Dispose()
    {
        Free(_argv);
        Free(_envp);
    }

    private static IEnumerable<string> Merge(IReadOnlyDictionary<string, string> added)
    {
        var ours = Environment.GetEnvironmentVariables();
        foreach (string name in ours.Keys)
        {
            if (!added.ContainsKey(name))
                yield return $"{name}={ours[name]}";
        }
        foreach (var (name, value) in added)
            yield return $"{name}={value}";
    }

    private static byte** ToNative(string[] texts)
    {
        var pointers = (byte**)NativeMemory.AllocZeroed((nuint)texts.Length + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Length; i++)
            pointers[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        return pointers;
    }

    private static void Free(byte** pointers)
    {
        for (var at = pointers; *at != null; at++)
            Marshal.FreeCoTaskMem((nint)(*at));
        NativeMemory.Free(pointers);
    }
}
