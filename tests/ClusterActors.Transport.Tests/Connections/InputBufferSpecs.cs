using System.Runtime.InteropServices;
using ClusterActors.Transport.Connections;
using FsCheck.Xunit;
using Xunit;

namespace ClusterActors.Transport.Tests.Connections;

public sealed class InputBufferSpecs
{
    public sealed class Empty
    {
        [Fact]
        public void It_holds_no_memory()
        {
            using var buffer = new InputBuffer();
            buffer.Keep([1, 2, 3]);

            buffer.Keep([]);

            Assert.Equal(0, buffer.Length);
            Assert.Empty(buffer.Array);
        }
    }

    public sealed class With_a_part_of_a_frame
    {
        [Fact]
        public void A_header_that_promises_much_gets_no_more_room_than_has_come_twice_over()
        {
            using var buffer = new InputBuffer();
            buffer.Keep(new byte[10_000]);

            var room = buffer.Room(needed: int.MaxValue);

            Assert.InRange(buffer.Length + room.Length, 10_001, 32_768);
        }

        [Fact]
        public void A_few_bytes_behind_a_large_frame_do_not_hold_its_memory()
        {
            using var buffer = new InputBuffer();
            buffer.Keep(new byte[1024 * 1024]);

            buffer.Keep(buffer.Bytes[^10..]);

            Assert.InRange(buffer.Array.Length, 10, 1024);
        }
    }

    public sealed class Against_a_model
    {
        /// <param name="steps">Above zero: so many times 97 bytes arrive, as far as there is room; otherwise all but as many are taken.</param>
        [Property(MaxTest = 1000)]
        public void It_holds_what_arrived_and_was_not_taken(int[] steps)
        {
            using var buffer = new InputBuffer();
            var model = new List<byte>();
            foreach (var step in steps)
            {
                if (step > 0)
                    Arrive(buffer, model, step * 97);
                else
                    Take(buffer, model, Math.Max(0, model.Count + step));
                Assert.True(buffer.Bytes.SequenceEqual(CollectionsMarshal.AsSpan(model)));
                Assert.Equal(model.Count, buffer.Length);
            }
        }

        private static void Arrive(InputBuffer buffer, List<byte> model, int count)
        {
            var room = buffer.Room(needed: count * 3);
            Assert.False(room.IsEmpty);
            var arrived = room[..Math.Min(count, room.Length)];
            new Random(count).NextBytes(arrived);
            model.AddRange(arrived);
            buffer.Appended(arrived.Length);
        }

        private static void Take(InputBuffer buffer, List<byte> model, int count)
        {
            model.RemoveRange(0, count);

            // The rest is a part of the buffer itself, or of a copy where the bytes had to wait for their actor.
            buffer.Keep(count % 2 == 0 ? buffer.Bytes[count..] : model.ToArray());
        }
    }
}
