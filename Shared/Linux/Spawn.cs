using System.Runtime.InteropServices;

namespace C10k.Linux;

/// <summary>spawn.h: see posix_spawn(3). Its functions return the error and leave errno alone.</summary>
internal static unsafe partial class Spawn
{
    [LibraryImport("libc")]
    internal static partial int posix_spawn(
        int* pid,
        byte* path,
        posix_spawn_file_actions_t* actions,
        void* attributes,
        byte** argv,
        byte** envp
    );

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_init(posix_spawn_file_actions_t* actions);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t* actions, int fd, int target);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t* actions);
}

/// <summary>posix_spawn_file_actions_t: what is in it is libc's affair.</summary>
#pragma warning disable IDE0051 // the words keep the size
internal unsafe struct posix_spawn_file_actions_t
{
    private fixed long _words[10];
}
#pragma warning restore IDE0051
