using ClusterActors.Actors.Configuration;

namespace ClusterActors.Actors.Tests.Configuration;

public class MistakeSpecs
{
    public class OneValue
    {
        [Theory]
        [InlineData("node=a b", "it is not of that form; allowed is 1 to 64 of the characters A-Z a-z 0-9 . _ : -.")]
        [InlineData("node=a2345678901234567890123456789012345678901234567890123456789012345", "it is not of that form; allowed is 1 to 64 of the characters A-Z a-z 0-9 . _ : -.")]
        [InlineData("host=two words", "it is not of that form; allowed is an IP address or DNS name that others can reach.")]
        [InlineData("host=0.0.0.0", "it is not of that form; allowed is an IP address or DNS name that others can reach.")]
        [InlineData("host=256.1.1.1", "it is not of that form; allowed is an IP address or DNS name that others can reach.")]
        [InlineData("port=65536", "it is out of range; allowed is a list of ports from 0 to 65535.")]
        [InlineData("port=[1, x]", "x: it is not a whole number; allowed is a list of ports from 0 to 65535.")]
        [InlineData("port=[7070, 7070]", "7070 is listed twice; allowed is each port once.")]
        [InlineData("clustersSwitch=on", "it is none of the choices; allowed is 0 or 1.")]
        [InlineData("clustersPort=-1", "it is out of range; allowed is a whole number from 0 to 65535.")]
        [InlineData("clustersPort=9090", "it is a business port too; allowed is a port of its own.")]
        [InlineData("clustersRole=4", "it is none of the choices; allowed is 1, 2 or 3.")]
        [InlineData("clustersServer=10.0.0.1", "it is not host:port with a port from 1 to 65535; allowed is a list of host:port, IPv6 as [::1]:9292.")]
        [InlineData("clustersServer=a:1,a:1", "a:1 is listed twice; allowed is each manager once.")]
        [InlineData("clustersWitness=10.0.0.1", "it is not host:port with a port from 1 to 65535; allowed is a list of host:port, IPv6 as [::1]:9292.")]
        [InlineData("clustersWitness=a:1,a:1", "a:1 is listed twice; allowed is each witness once.")]
        [InlineData("clustersWitness=127.0.0.1:9292", "127.0.0.1:9292 is a manager and votes already; allowed is workers that are not in clustersServer.")]
        [InlineData("clustersWitness=a:1,a:2,a:3,a:4,a:5,a:6,a:7", "together with clustersServer these are 8 that vote; allowed is at most 7; 1, 3 or 5 are best.")]
        [InlineData("clustersServer=a:1,a:2,a:3,a:4,a:5,a:6,a:7,a:8", "together with clustersWitness these are 8 that vote; allowed is at most 7; 1, 3 or 5 are best.")]
        [InlineData("authority.lease=1999ms", "it is out of range; allowed is a time from 2s to 5m.")]
        [InlineData("authority.lease=301s", "it is out of range; allowed is a time from 2s to 5m.")]
        [InlineData("authority.lease=5", "a time needs its unit, as in 5ms or 5s; allowed is a time from 2s to 5m.")]
        [InlineData("report.interval=5", "a time needs its unit, as in 5ms or 5s; allowed is a time from 100ms to 1h.")]
        [InlineData("report.interval=99ms", "it is out of range; allowed is a time from 100ms to 1h.")]
        [InlineData("report.interval=2 weeks", "'weeks' is no unit of time; ms, s, m, h and d are; allowed is a time from 100ms to 1h.")]
        [InlineData("report.interval=soon", "it is not a time; allowed is a time from 100ms to 1h.")]
        [InlineData("report=5", "it is a section, not a single value; allowed is report { ... }.")]
        [InlineData("worker.threads=1025", "it is out of range; allowed is a whole number from 0 to 1024.")]
        [InlineData("worker.threads=1.5", "it is not a whole number; allowed is a whole number from 0 to 1024.")]
        [InlineData("worker.threads=[1]", "it is not a single number; allowed is a whole number from 0 to 1024.")]
        [InlineData("worker.readerWriters=257", "it is out of range; allowed is a whole number from 0 to 256.")]
        [InlineData("worker.maxClientCount=0", "it is out of range; allowed is a whole number from 1 to 1000000.")]
        [InlineData("worker.handler=ecko", "it is not of that form; allowed is data, echo, broadcast or an assembly-qualified type name such as \"Shop.Orders, Shop\".")]
        [InlineData("worker.execution=fast", "it is none of the choices; allowed is auto or threads.")]
        [InlineData("allocation.leaseTime=11m", "it is out of range; allowed is a time from 1s to 10m.")]
        [InlineData("manager.forgetAfter=0s", "it is out of range; allowed is a time from 1s to 1d.")]
        [InlineData("manager.keepGone=8d", "it is out of range; allowed is a time from 0s to 7d.")]
        [InlineData("manager.commandTimeout=99ms", "it is out of range; allowed is a time from 100ms to 1m.")]
        [InlineData("manager.commandTimeout=61s", "it is out of range; allowed is a time from 100ms to 1m.")]
        [InlineData("manager.maxServers=0", "it is out of range; allowed is a whole number from 1 to 1000000.")]
        [InlineData("connection.handshakeTimeout=off", "it is not a time; allowed is a time from 100ms to 5m.")]
        [InlineData("connection.maxHandshakeBytes=64MB", "'MB' is no unit of size; KiB, MiB and GiB are, and bytes have none; allowed is a size from 128 to 64KiB.")]
        [InlineData("connection.maxHttpHeadBytes=2MiB", "it is out of range; allowed is a size from 512 to 1MiB.")]
        [InlineData("connection.maxMessageBytes=1", "it is out of range; allowed is a size from 1KiB to 1GiB.")]
        [InlineData("connection.idleTimeout=never", "it is not a time; allowed is a time from 1s to 1d, or off.")]
        [InlineData("connection.outputHighWater=5MiB", "it is above outputLimit; allowed is at most outputLimit, 4MiB.")]
        [InlineData("connection.outputLimit=512KiB", "one message could exceed it and close its receiver; allowed is at least maxMessageBytes, 1028KiB.")]
        [InlineData("connection.slowConsumerTimeout=2h", "it is out of range; allowed is a time from 100ms to 1h.")]
        [InlineData("connection.closeTimeout=1ms", "it is out of range; allowed is a time from 10ms to 1m.")]
        [InlineData("connection.keepAlive=0.5s", "it is out of range; allowed is a time from 1s to 1d.")]
        [InlineData("connection.backlog=65536", "it is out of range; allowed is a whole number from 1 to 65535.")]
        [InlineData("connection.engine=kqueue", "it is none of the choices; allowed is auto, epoll or sockets.")]
        [InlineData("links.redialMin=1m", "it is above redialMax; allowed is at most redialMax, 10s.")]
        [InlineData("links.redialMax=2h", "it is out of range; allowed is a time from 10ms to 1h.")]
        [InlineData("links.timeout=999ms", "it is out of range; allowed is a time from 1s to 1h.")]
        [InlineData("links.maxCount=0", "it is out of range; allowed is a whole number from 1 to 1000000.")]
        [InlineData("security.insecure=yes", "it is none of the choices; allowed is off or on.")]
        [InlineData("compat.allocationReply=json", "it is none of the choices; allowed is parameters or cshbbrain.")]
        [InlineData("compat.maxClientCount=-5", "it is out of range; allowed is a whole number from 1 to 1000000.")]
        [InlineData("compat.lateAfter=90", "a time needs its unit, as in 90ms or 90s; allowed is a time from 1s to 1h.")]
        public void Is_named_with_its_source_its_key_its_value_and_what_is_allowed(string set, string problem)
        {
            var error = Assert.Single(Loading.Errors(() => Loading.Sets(set)));

            var equals = set.IndexOf('=', StringComparison.Ordinal);
            Assert.Equal($"--set {set}: clusterActors.{set[..equals]} = {set[(equals + 1)..]}: {problem}", error.Sentence);
        }
    }

    public class AnUnknownKey
    {
        [Theory]
        [InlineData("worker.thread=4", "clusterActors.worker.threads")] // a letter short
        [InlineData("worker.Threads=4", "clusterActors.worker.threads")] // names are case-sensitive
        [InlineData("threads=4", "clusterActors.worker.threads")] // the right name in the wrong section
        [InlineData("clusterPort=1", "clusterActors.clustersPort")] // as most would spell it
        [InlineData("links.forgetAfters=1", "clusterActors.manager.forgetAfter")] // both
        public void Is_refused_with_the_key_that_was_probably_meant(string set, string meant) =>
            Assert.Contains(
                $"this key is unknown, perhaps {meant} is meant;",
                Assert.Single(Loading.Errors(() => Loading.Sets(set))).Sentence,
                StringComparison.Ordinal);

        [Theory]
        [InlineData("security.secret=s3", "clusterActors.security", "insecure")] // nothing protects yet, so nobody may believe it
        [InlineData("security.tls.certificate=x", "clusterActors.security", "insecure")]
        [InlineData("report.zzzz=1", "clusterActors.report", "interval")]
        public void Is_refused_with_those_of_its_section_where_none_is_near(string set, string section, string known) =>
            Assert.EndsWith(
                $": this key is unknown; allowed is in {section}: {known}.",
                Assert.Single(Loading.Errors(() => Loading.Sets(set))).Sentence,
                StringComparison.Ordinal);

        [Theory]
        [InlineData("backup { copies = 1 }")]
        [InlineData("http { port = 9280 }")]
        public void Of_a_later_version_is_not_taken_silently(string hocon) =>
            Assert.Contains(
                "this key is unknown",
                Assert.Single(Loading.Errors(() => Loading.Text($"clusterActors {{ {hocon} }}"))).Sentence,
                StringComparison.Ordinal);
    }

    public class SeveralMistakes
    {
        [Fact]
        public void Are_all_named_together_with_their_lines()
        {
            using var files = new TemporaryFiles();
            var file = files.Write("bad.hocon", """
                clusterActors {
                  clustersRole = 7
                  worker {
                    threads = many
                    therads = 4
                  }
                  connection.outputHighWater = 8MiB
                }
                clusteractors { }
                """);

            var errors = Loading.Errors(() => Loading.File(file, [], "port=9292", "nonsense"));

            Assert.Equal(
                [
                    "--set nonsense: it has no key before an equals sign; allowed is key=value, as in worker.threads=4.",
                    $"{file} line 9: clusteractors: this section is unknown; allowed is clusterActors {{ ... }} and akka {{ ... }}.",
                    $"{file} line 2: clusterActors.clustersRole = 7: it is none of the choices; allowed is 1, 2 or 3.",
                    $"{file} line 4: clusterActors.worker.threads = many: it is not a whole number; allowed is a whole number from 0 to 1024.",
                    $"{file} line 5: clusterActors.worker.therads = 4: this key is unknown, perhaps clusterActors.worker.threads is meant; allowed is in clusterActors.worker: threads, maxThreads, readerWriters, maxReaderWriters, maxPorts, keepChanges, maxClientCount, handler, execution.",
                    $"{file} line 7: clusterActors.connection.outputHighWater = 8MiB: it is above outputLimit; allowed is at most outputLimit, 4MiB.",
                    "reference.hocon line 27: clusterActors.clustersPort = 9292: it is a business port too (with port = 9292 from --set port=9292); allowed is a port of its own.",
                ],
                errors.Select(error => error.Sentence));
        }

        [Fact]
        public void Are_the_message_of_the_exception()
        {
            var exception = Assert.Throws<ConfigurationException>(() => Loading.Sets("clustersRole=7", "worker.threads=x"));

            Assert.Equal(string.Join(Environment.NewLine, exception.Errors.Select(error => error.Sentence)), exception.Message);
            Assert.Equal(2, exception.Errors.Count);
        }
    }

    public class ACombination
    {
        [Theory]
        [InlineData("a server of clustersRole 1 has no manager to report to", "clustersRole=1", "clustersServer=[]")]
        [InlineData("it names only this server, which is no manager with clustersRole 1", "clustersRole=1")]
        [InlineData("a server that only manages has nothing to do while clustersSwitch is 0", "clustersRole=2", "clustersSwitch=0")]
        [InlineData("a lone server (clustersSwitch 0) without a port can never be reached", "clustersSwitch=0", "port=[]")]
        [InlineData("there may be fewer", "worker.threads=5", "worker.maxThreads=4")]
        [InlineData("there may be fewer", "worker.threads=257")]
        [InlineData("there may be fewer", "worker.readerWriters=65")]
        [InlineData("these are 2", "port=[0, 0]", "worker.maxPorts=1")]
        public void That_cannot_work_is_refused(string problem, params string[] sets) =>
            Assert.StartsWith(problem, Assert.Single(Loading.Errors(() => Loading.Sets(sets))).Problem, StringComparison.Ordinal);

        [Theory]
        [InlineData("clustersSwitch=0", "clustersServer=[]", "clustersRole=1")] // a lone server needs no manager
        [InlineData("clustersSwitch=0", "clustersPort=9090")] // the cluster port is not opened
        [InlineData("port=[0, 0]", "clustersPort=0")] // each is another free port
        [InlineData("port=[]", "clustersRole=2")] // a manager need not talk to clients
        [InlineData("clustersRole=1", "clustersPort=9301")] // a manager on the same machine
        [InlineData("worker.threads=300", "worker.maxThreads=300")]
        [InlineData("worker.threads=0", "worker.maxThreads=1")] // fewer than there are cores
        public void That_works_is_taken(params string[] sets) => Assert.NotNull(Loading.Sets(sets));
    }
}
