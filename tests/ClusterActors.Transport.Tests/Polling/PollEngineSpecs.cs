using ClusterActors.Transport.Polling;
using ClusterActors.Transport.Polling.Epoll;
using ClusterActors.Transport.Polling.Sockets;
using Xunit;

namespace ClusterActors.Transport.Tests.Polling;

public sealed class PollEngineSpecs
{
    public sealed class When_it_is_chosen
    {
        [Fact]
        public void Auto_is_epoll_on_linux_and_sockets_elsewhere()
        {
            using var poller = PollEngine.Auto.Create();

            Assert.IsType(OperatingSystem.IsLinux() ? typeof(EpollPoller) : typeof(SocketPoller), poller);
        }
    }

    public sealed class When_nothing_is_watched
    {
        [Theory]
        [InlineData(PollEngine.Epoll)]
        [InlineData(PollEngine.Sockets)]
        public void A_wake_ends_the_next_wait(PollEngine engine)
        {
            using var poller = engine.Create();

            poller.Wake();

            poller.Wait(Timeout.Infinite);
        }

        [Theory]
        [InlineData(PollEngine.Epoll)]
        [InlineData(PollEngine.Sockets)]
        public void A_wake_from_another_thread_ends_a_wait(PollEngine engine)
        {
            using var poller = engine.Create();
            var waker = new Thread(poller.Wake);

            waker.Start();
            poller.Wait(Timeout.Infinite);

            waker.Join();
        }
    }

    public sealed class When_it_is_disposed_of
    {
        [Theory]
        [InlineData(PollEngine.Epoll)]
        [InlineData(PollEngine.Sockets)]
        public void A_late_wake_does_nothing(PollEngine engine)
        {
            var poller = engine.Create();
            poller.Dispose();

            poller.Wake();
            poller.Dispose();
        }

        [Fact]
        public void A_late_wake_of_epoll_writes_into_no_file_that_was_opened_since()
        {
            var poller = PollEngine.Epoll.Create();
            poller.Dispose();
            var path = Path.GetTempFileName();
            try
            {
                using (File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
                using (File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
                    poller.Wake();

                Assert.Equal(0, new FileInfo(path).Length);
            }
            finally
            {
                File.Delete(path);
            }
        }
    }
}
