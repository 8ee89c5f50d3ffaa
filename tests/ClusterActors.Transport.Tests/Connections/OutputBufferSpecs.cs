using System.Runtime.InteropServices;
using ClusterActors.Transport.Connections;
using FsCheck.Xunit;
using Xunit;

namespace ClusterActors.Transport.Tests.Connections;

public sealed class OutputBufferSpecs
{
    public sealed class Empty
    {
        [Fact]
        public void Nothing_is_pending()
        {
            using var buffer = new OutputBuffer();

            Assert.Equal(0, buffer.Length);
            Assert.True(buffer.Pending.IsEmpty);
        }

        [Fact]
        public void It_can_be_used_again_after_all_was_sent()
        {
            using var buffer = new OutputBuffer();
            Write(buffer, [1, 2, 3]);
            buffer.Consume(3);

            Write(buffer, [4, 5]);

            Assert.Equal([4, 5], buffer.Pending.ToArray());
        }
    }

    public sealed class With_bytes_waiting
    {
        [Fact]
        public void A_span_is_as_long_as_was_asked_for_and_never_empty()
        {
            using var buffer = new OutputBuffer();

            Assert.False(buffer.GetSpan().IsEmpty);
            Write(buffer, new byte[buffer.GetSpan().Length]);
            Assert.False(buffer.GetSpan().IsEmpty);
            Assert.True(buffer.GetMemory(100_000).Length >= 100_000);
        }

        [Fact]
        public void A_stream_that_is_sent_as_it_is_written_does_not_grow_the_buffer()
        {
            using var buffer = new OutputBuffer();
            var most = 0;
            for (var i = 0; i < 10_000; i++)
            {
                Write(buffer, new byte[500]);
                if (i > 0)
                    buffer.Consume(500);
                most = Math.Max(most, buffer.GetSpan().Length + buffer.Length);
            }

            Assert.InRange(most, 500, 8192);
        }
    }

    public sealed class Against_a_model
    {
        /// <param name="steps">Above zero: so many times 61 bytes are written; otherwise as many are sent, if there are.</param>
        [Property(MaxTest = 1000)]
        public void It_gives_back_what_was_written_in_order(int[] steps)
        {
            using var buffer = new OutputBuffer();
            var model = new List<byte>();
            foreach (var step in steps)
            {
                if (step > 0)
                {
                    var bytes = new byte[step * 61];
                    new Random(step).NextBytes(bytes);
                    model.AddRange(bytes);
                    Write(buffer, bytes);
                }
                else
                {
                    var count = Math.Min(step * -61, model.Count);
                    model.RemoveRange(0, count);
                    buffer.Consume(count);
                }

                Assert.True(buffer.Pending.SequenceEqual(CollectionsMarshal.AsSpan(model)));
            }
        }
    }

    private static void Write(OutputBuffer buffer, byte[] bytes)
    {
        bytes.CopyTo(buffer.GetSpan(bytes.Length));
        buffer.Advance(bytes.Length);
    }
}
