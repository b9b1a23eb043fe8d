using C10k.Contract;
using C10k.Linux;
using C10k.Servers.Models.Processes;
using C10k.Servers.Worker;

// A process of one of the models in Servers/Models/Processes, which start it; WorkerOrder says what it is told.
var order = WorkerOrder.Parse(args);
if (!Syscall.EndWithParent(order.Master))
    return ExitCode.Failure;
Syscall.IgnoreGroupSignals();
try
{
    Jobs.Do(order);
    return ExitCode.Success;
}
catch (Exception failure)
{
    Console.Error.WriteLine($"worker {Environment.ProcessId}: {failure.Message}");
    return ExitCode.Failure;
}
