using ClusterActors.Protocol.Messages;

namespace ClusterActors.Protocol.Tests.Messages;

/// <summary>One of each message with the bytes it has on the wire.</summary>
internal static class Examples
{
    public static readonly ServerReport FirstRow = new()
    {
        CoreCount = 2,
        ReaderWriterCount = 2,
        WorkerCount = 10,
        Port = 7074,
    };

    public static readonly ServerReport Full = new()
    {
        CoreCount = 8,
        ReaderWriterCount = 2,
        WorkerCount = 16,
        ClientCount = 1234,
        ClustersCount = 3,
        LocalCount = 5,
        Port = 9090,
        Node = "box-9292",
        Version = "1",
        Epoch = 7,
        Role = 3,
        CpuUsage = 12.5,
        ProcessCpuUsage = 0.07,
        MemoryTotal = 16_000_000_000,
        MemoryUsed = 4_000_000_001,
        ProcessMemory = 120_000_000,
        MaxClientCount = 10000,
        AcceptorCount = 2,
        Ports = [9090, 9091],
        QueueLength = 4,
        Draining = true,
        Leases = ["aB_9-", "t2"],
    };

    public const string FullText =
        "action=1&coreCount=8&readerWriterCount=2&workerCount=16&clientCount=1234&clustersCount=3&port=9090&localCount=5" +
        "&node=box-9292&role=3&version=1&epoch=7&cpuUsage=12.50&processCpuUsage=0.07&memoryTotal=16000000000&memoryUsed=4000000001" +
        "&processMemory=120000000&maxClientCount=10000&acceptorCount=2&ports=9090,9091&queueLength=4&draining=1&leases=aB_9-,t2";

    public static readonly AllocationReply Allocation = new("10.0.0.7", 9090, "box-9292", "tok_1", 10);

    public static readonly (Message Message, string Text)[] Golden =
    [
        (new AllocateRequest(), "action=0"),
        (new AllocateRequest("用户 a&b=c%+\n", Explain: true) { Seq = "42" }, "action=0&seq=42&key=用户 a%26b%3Dc%25%2B%0A&explain=1"),
        (new ReportMessage(FirstRow), "action=1&coreCount=2&readerWriterCount=2&workerCount=10&clientCount=0&clustersCount=0&port=7074&localCount=0&draining=0"),
        (new ReportMessage(Full), FullText),
        (new ReportMessage(Full) { Seq = "s" }, FullText.Replace("action=1&", "action=1&seq=s&", StringComparison.Ordinal)),
        (new ViewRequest(), "action=9"),
        (new ViewRequest { Seq = "" }, "action=9&seq="),
        (new CommandRequest(new ServerCommand.AddThreads(2)), "action=2&count=2"),
        (new CommandRequest(new ServerCommand.AddThreads(2)) { Seq = "t_1", Node = "w-1", Epoch = 7, By = "alice@ops (10.0.0.7)" }, "action=2&seq=t_1&count=2&node=w-1&epoch=7&by=alice@ops (10.0.0.7)"),
        (new CommandRequest(new ServerCommand.RemoveThreads(1)) { Node = "老&=" }, "action=3&count=1&node=老%26%3D"),
        (new CommandRequest(new ServerCommand.AddReaderWriters(int.MaxValue)), "action=4&count=2147483647"),
        (new CommandRequest(new ServerCommand.RemoveReaderWriters(3)) { Seq = "" }, "action=5&seq=&count=3"),
        (new CommandRequest(new ServerCommand.OpenPort(9091)) { Epoch = 0 }, "action=7&port=9091&epoch=0"),
        (new CommandRequest(new ServerCommand.ClosePort(9091, null)) { By = "x" }, "action=8&port=9091&by=x"),
        (new CommandRequest(new ServerCommand.ClosePort(0, 0)), "action=8&port=0&drain=0"),
        (new CommandRequest(new ServerCommand.Drain(true)) { Seq = "d" }, "action=10&seq=d&on=1"),
        (new CommandRequest(new ServerCommand.Drain(false)), "action=10&on=0"),
        (new CommandRequest(new ServerCommand.OpenPort(9091)) { Seq = "o", Epoch = 7, From = "[::1]:9292", Run = "r=1", By = "x" }, "action=7&seq=o&port=9091&epoch=7&from=[::1]:9292&run=r%3D1&by=x"),
        (new AuthorityNote(60), "action=60"),
        (new AuthorityNote(64) { Values = [new("n", "7"), new("table", "m-1:9292=1:a%2Cb,老"), new("x", "")] }, "action=64&n=7&table=m-1:9292%3D1:a%252Cb,老&x="),
        (new AuthorityNote(69) { Seq = "s", Values = [new("node", "a&b\n")] }, "action=69&seq=s&node=a%26b%0A"),
        (new AuthorityMove { Node = "老&=" }, "action=6&node=老%26%3D"),
        (new AuthorityMove { Node = "w-2", Seq = "h", By = "alice@ops" }, "action=6&seq=h&node=w-2&by=alice@ops"),
        (new AuthorityMove { Ip = "::1", Port = 9294, Epoch = 8 }, "action=6&ip=::1&port=9294&epoch=8"),
        (new ForceAuthorityRequest(["10.0.0.7:9292", "[::1]:9292"]), "action=71&voters=10.0.0.7:9292,[::1]:9292&confirm=1"),
        (new ForceAuthorityRequest(["ops-1:1"]) { Seq = "f", By = "bob" }, "action=71&seq=f&voters=ops-1:1&confirm=1&by=bob"),
        (new ReadmitRequest(), "action=72"),
        (new ReadmitRequest { Seq = "", By = "bob" }, "action=72&seq=&by=bob"),
        (Reply.Done(new("before", "9090,9091"), new("after", "9090"), new("took", "0.25"), new("clients", "3")), "action=1000&before=9090,9091&after=9090&took=0.25&clients=3"),
        (new ClusterQuery([]) { Seq = "c" }, "action=70&seq=c"),
        (new ClusterQuery(["akka.tcp://f@10.0.0.7:9393", "akka.tcp://f@[::1]:9393"]), "action=70&cluster=akka.tcp://f@10.0.0.7:9393,akka.tcp://f@[::1]:9393"),
        (new ClusterAnswer(["akka.tcp://f@10.0.0.7:9393"], false).ToReply("c"), "action=1000&seq=c&cluster=akka.tcp://f@10.0.0.7:9393&forming=0"),
        (new ClusterAnswer([], true).ToReply(), "action=1000&cluster=&forming=1"),
        (Reply.Done(), "action=1000"),
        (Reply.Done(new Parameter("a", "1"), new Parameter("b", "")) with { Seq = "x" }, "action=1000&seq=x&a=1&b="),
        (Reply.Done(new Parameter("code", "1"), new Parameter("msg", "2")), "action=1000&code=1&msg=2"),
        (Reply.Failed(FailureCode.NoCapacity, "no worker can take a client"), "action=2000&code=no-capacity&msg=no worker can take a client"),
        (Reply.Failed(FailureCode.NotAuthority, "ask a=b", new Parameter("ip", "::1")), "action=2000&code=not-authority&msg=ask a%3Db&ip=::1"),
        ((Allocation with { Epoch = 7 }).ToReply(), "action=1000&ip=10.0.0.7&port=9090&node=box-9292&lease=tok_1&expires=10&epoch=7"),
        (Allocation.ToReply("7"), "action=1000&seq=7&ip=10.0.0.7&port=9090&node=box-9292&lease=tok_1&expires=10"),
    ];

    /// <summary>A message as text that shows everything in it, since lists compare by reference.</summary>
    public static string Show(Message? message) => message switch
    {
        ReportMessage report => $"{report.Seq} {Show(report.Report)}",
        ClusterQuery query => $"{query.Seq} knows {string.Join(';', query.Known)}",
        Reply reply => $"{reply.Seq} {reply.Code} {reply.Msg} {string.Join(';', reply.Values)}",
        AuthorityNote note => $"{note.Seq} {note.Action} {string.Join(';', note.Values)}",
        ForceAuthorityRequest force => $"{force with { Voters = [] }} {string.Join(',', force.Voters)}",
        _ => $"{message}",
    };

    public static string Show(ServerReport report) => $"{report with { Ports = [], Leases = [] }} {string.Join(',', report.Ports)} {string.Join(',', report.Leases)}";
}
