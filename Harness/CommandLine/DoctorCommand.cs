using System.CommandLine;
using System.Globalization;
using C10k.Contract;
using C10k.Harness.Planning;
using C10k.Nodes;

namespace C10k.Harness.CommandLine;

/// <summary>Says what this machine allows, what a default run needs of it, and how to raise each limit. Starts nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var doctor = new Command(
            "doctor",
            "Show what this machine allows, what a default run needs, and how to raise it."
        );
        doctor.SetAction(parsed => Show((RootCommand)parsed.RootCommandResult.Command));
        return doctor;
    }

    private static int Show(RootCommand root)
    {
        var limits = MachineLimits.Read();
        var models = ModelCatalogue.Load(Executables.Find("Servers"));
        var plan = RunOptions.MakePlan(root.Parse([]), models, RunMachines.One(limits));
        foreach (var line in Checkup.Of(plan, limits, MachinePrivileges.Read()))
            Write(line);
        Console.WriteLine($"{plan.Runnable.Count} of the {plan.Cases.Count} cases of a default run can run here.");
        foreach (var line in Skipped(plan))
            Console.WriteLine(line);
        return ExitCode.Success;
    }

    private static IEnumerable<string> Skipped(Plan plan) =>
        from planned in plan.Cases
        where planned.SkipReason is not null
        group planned.Clients by (planned.Model.Name, planned.SkipReason) into alike
        let clients = string.Join(", ", alike.Select(count => count.ToString("N0", CultureInfo.InvariantCulture)))
        select $"  {alike.Key.Name} with {clients} clients would be skipped: {alike.Key.SkipReason}";

    // Not as a table: what is to be typed must not be broken in two.
    private static void Write(CheckupLine line)
    {
        var mark = line.Suffices ? "ok   " : "short";
        Console.WriteLine($"{mark}  {line.What}: {line.Here}");
        Console.WriteLine($"       a default run needs: {line.Needed}");
        if (line.Here != Checkup.NoLimit)
            Console.WriteLine($"       {line.Remedy}");
    }
}
