using System.Collections;
using System.Globalization;
using System.Reflection;
using C10k.Tests.EndToEnd.Foreign;
using C10k.Tests.Fuzz;
using C10k.Tests.Harness.External;
using C10k.Tests.Servers;
using C10k.Tests.Support;
using Xunit;

namespace C10k.Tests.EndToEnd.Faults;

/// <summary>The other tables in docs/reliability.md: they are made of what the tests themselves go by, and so tell of all of it.</summary>
public sealed class ReliabilityTablesTests
{
    private const string Http = "http";

    private static readonly string[] HostileHead = ["clients", "conversation", "models", "what is looked at"];
    private static readonly string[] FuzzHead = ["what is read", "damaged inputs in each run"];
    private static readonly string[] OtherHead = ["line", "what is tested", "cases"];

    private static readonly (string Line, Type[] Classes)[] OtherLines =
    [
        ("limits", [typeof(DoctorTests)]),
        ("endurance", [typeof(SoakTests)]),
        ("judges of HTTP", [typeof(HttpJudgesTests)]),
        ("cleanliness", [typeof(TidinessTests), typeof(ScratchTidinessTests), typeof(ScratchTests)]),
    ];

    private static int Models => RunningServers.PlainModels.Count;

    [Fact]
    public void Every_kind_of_hostile_client_is_in_the_table() => Check("hostile clients", HostileHead, Hostile());

    [Fact]
    public void Every_target_of_damaged_input_is_in_the_table() =>
        Check(
            "damaged input",
            FuzzHead,
            FuzzTargets.All.Select(target =>
                (string[])[target.Name, target.Inputs.ToString("N0", CultureInfo.InvariantCulture)]
            )
        );

    [Fact]
    public void Every_test_of_the_other_lines_is_in_the_table() =>
        Check(
            "other lines",
            OtherHead,
            from line in OtherLines
            from test in line.Classes.SelectMany(TestsOf).OrderBy(test => test.Name, StringComparer.Ordinal)
            select (string[])[line.Line, test.Name.Replace('_', ' '), $"{CasesOf(test)}"]
        );

    private static IEnumerable<string[]> Hostile()
    {
        const string Back = "others are served meanwhile and afterwards, sockets and memory are as before";
        foreach (var kind in HostileClientTests.Kinds)
            yield return [kind.Name, Http, $"{Models}", Back];
        foreach (var mode in HostileClientTests.SlowModes)
            yield return
            [
                $"slowhttptest {mode.Split(' ')[0]}",
                Http,
                OneOf(HostileClientTests.SlowModes),
                "others are served meanwhile and afterwards",
            ];
        const string AtRest = "others are served meanwhile and afterwards, no CPU time is used, memory is as before";
        yield return ["ten thousand requests, and nobody who reads", Http, $"{Models}", AtRest];
        foreach (var kind in HostileConversationTests.Kinds(HostileConversationTests.Conversations[0], []))
        {
            var conversations = string.Join(", ", HostileConversationTests.Conversations);
            yield return
            [
                kind.Name,
                conversations,
                $"{Models}, each in one of them",
                $"{Back}, byte for byte, and no complaint is printed",
            ];
        }
    }

    private static string OneOf(IReadOnlyList<string> all) => $"{Models}, each one in {all.Count}";

    private static void Check(string section, string[] head, IEnumerable<string[]> rows) =>
        new GeneratedSection("reliability.md", section).Check(MarkdownTable.Of(head, rows));

    private static IEnumerable<MethodInfo> TestsOf(Type type) =>
        type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute), inherit: true));

    // As many as there is data; a test without is one.
    private static int CasesOf(MethodInfo test)
    {
        var named = test.GetCustomAttributes<MemberDataAttribute>()
            .Select(data => (IEnumerable)test.DeclaringType!.GetProperty(data.MemberName)!.GetValue(null)!)
            .Sum(data => data.Cast<object>().Count());
        return Math.Max(1, named + test.GetCustomAttributes<InlineDataAttribute>().Count());
    }
}
