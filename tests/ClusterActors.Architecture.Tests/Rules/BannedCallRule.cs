using Mono.Cecil;

namespace ClusterActors.Architecture.Tests.Rules;

/// <summary>
/// No locks, no thread taken from the pool or put to sleep, no waiting on a task, no time of day: state belongs to actors,
/// time comes from a <see cref="TimeProvider"/>, and asynchronous results come as messages (style, points 10 and 12).
/// </summary>
internal static class BannedCallRule
{
    private static readonly HashSet<string> LockTypes =
    [
        "System.Threading.Monitor",
        "System.Threading.Lock",
        "System.Threading.SpinLock",
        "System.Threading.Mutex",
        "System.Threading.ReaderWriterLockSlim",
    ];

    private static readonly HashSet<string> Calls =
    [
        "System.Threading.Tasks.Task::Run",
        "System.Threading.Tasks.TaskFactory::StartNew",
        "System.Threading.Thread::Sleep",
        "System.DateTime::get_Now",
        "System.DateTime::get_UtcNow",
        "System.DateTimeOffset::get_Now",
        "System.DateTimeOffset::get_UtcNow",
        "Akka.Actor.Futures::Ask",
        "System.Threading.Tasks.Task::Wait",
        "System.Threading.Tasks.Task::WaitAll",
        "System.Threading.Tasks.Task::WaitAny",
        "System.Threading.Tasks.Task`1::get_Result",
        "System.Threading.Tasks.ValueTask`1::get_Result",
    ];

    /// <param name="types">The types to look at.</param>
    /// <param name="allowances">Calls that are made for a good reason.</param>
    public static IReadOnlyList<string> Violations(IEnumerable<TypeDefinition> types, IReadOnlyList<Allowance> allowances) =>
    [
        .. types.SelectMany(type => type.Bodies()
            .SelectMany(method => Banned(method)
                .Where(call => !allowances.Any(allowance => allowance.Type == type.FullName && allowance.Call == call))
                .Select(call => $"{type.FullName} calls {call} (in {method.Name})"))),
    ];

    private static IEnumerable<string> Banned(MethodDefinition method) =>
        from instruction in method.Body.Instructions
        let called = instruction.Operand as MethodReference
        where called is not null
        let type = called.DeclaringType.GetElementType().FullName
        let call = $"{type}::{called.Name}"
        where LockTypes.Contains(type) || Calls.Contains(call) || BlocksOnAwaiter(type, called, method)
        select call;

    /// <summary>
    /// <c>GetAwaiter().GetResult()</c> waits, unless the compiler wrote it: after an await, or around an asynchronous Main.
    /// </summary>
    private static bool BlocksOnAwaiter(string type, MethodReference called, MethodDefinition method) =>
        called.Name == "GetResult"
        && type.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal)
        && type.Contains("Awaiter", StringComparison.Ordinal)
        && method != method.Module.EntryPoint
        && !method.DeclaringType.Interfaces.Any(each => each.InterfaceType.Name == "IAsyncStateMachine");
}
