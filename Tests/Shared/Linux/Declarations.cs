using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using C10k.Linux;

namespace C10k.Tests.Shared.Linux;

/// <summary>
/// Everything that Shared/Linux declares under a kernel name, found by reflection so that a new declaration is covered by itself:
/// as expressions of C, each with the value that our declaration implies.
/// </summary>
internal static class Declarations
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Static
        | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    private static IEnumerable<Type> Types =>
        typeof(Syscall)
            .Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(Syscall).Namespace && !type.IsNested);

    /// <summary>Constants, and the members of <see cref="Errno"/>.</summary>
    public static IEnumerable<Declaration> Constants =>
        from type in Types
        from member in type.GetFields(Declared)
        where member.IsLiteral || (member.IsStatic && member.IsInitOnly && member.FieldType.IsPrimitive)
        where member.Name.All(letter => !char.IsAsciiLetterLower(letter))
        select new Declaration(member.Name, Convert.ToInt64(member.GetValue(null), CultureInfo.InvariantCulture));

    /// <summary>The size of each struct, and offset and size of each of its fields; an underscore begins a field that is ours alone.</summary>
    public static IEnumerable<Declaration> Layouts =>
        Structs
            .Where(type => type != typeof(taskstats)) // It grows at its end from version to version, and we read its beginning.
            .Select(type => new Declaration($"sizeof({NameInC(type)})", Marshal.SizeOf(type)))
            .Concat(
                from type in Structs
                from member in type.GetFields(Declared)
                where !member.Name.StartsWith('_')
                from declaration in Layout(type, member)
                select declaration
            )
            .Concat(EpollEvent);

    /// <summary>
    /// The size of what each function returns; with as many arguments as we declare, or it does not compile. Nothing is called: sizeof
    /// does not evaluate.
    /// </summary>
    public static IEnumerable<Declaration> Functions =>
        from method in Imports
        let arguments = string.Join(", ", Enumerable.Repeat("0", method.GetParameters().Length))
        let call = $"{EntryPoint(method)}({arguments})"
        select method.ReturnType == typeof(void)
            ? new Declaration($"sizeof({call}, 'c')", sizeof(int))
            : new Declaration($"sizeof({call})", Marshal.SizeOf(method.ReturnType));

    private static IEnumerable<Type> Structs =>
        Types.Where(type => type.IsValueType && type.Name.All(letter => !char.IsAsciiLetterUpper(letter)));

    private static IEnumerable<MethodInfo> Imports =>
        from type in Types
        from method in type.GetMethods(Declared)
        where method.GetCustomAttribute<LibraryImportAttribute>() is not null
        select method;

    // Its layout is computed in EpollEvents, because it depends on the architecture.
    private static unsafe IEnumerable<Declaration> EpollEvent
    {
        get
        {
            var bytes = new byte[16];
            fixed (byte* at = bytes)
                EpollEvents.Write(at, mask: 0x01, data: 0x02);
            return
            [
                new Declaration("sizeof(struct epoll_event)", EpollEvents.Stride),
                new Declaration("offsetof(struct epoll_event, events)", Array.IndexOf<byte>(bytes, 0x01)),
                new Declaration("offsetof(struct epoll_event, data)", Array.IndexOf<byte>(bytes, 0x02)),
            ];
        }
    }

    private static IEnumerable<Declaration> Layout(Type type, FieldInfo field) =>
        [
            new Declaration($"offsetof({NameInC(type)}, {field.Name})", (long)Marshal.OffsetOf(type, field.Name)),
            new Declaration($"sizeof((({NameInC(type)} *)0)->{field.Name})", Marshal.SizeOf(field.FieldType)),
        ];

    // By convention the name of a typedef ends so.
    private static string NameInC(Type type) =>
        type.Name.EndsWith("_t", StringComparison.Ordinal) ? type.Name : $"struct {type.Name}";

    private static string EntryPoint(MethodInfo import) =>
        import.GetCustomAttribute<LibraryImportAttribute>()!.EntryPoint ?? import.Name;
}

/// <summary>An expression of C, and the value that our declaration says it has.</summary>
internal sealed record Declaration(string Expression, long Value);
