using ClusterActors.Actors.Worker;
using ClusterActors.Actors.Worker.Threads;

namespace ClusterActors.Actors.Tests.Worker.Threads;

public class WorkerThreadsSpecs
{
    private readonly WorkerThreads _threads = new();

    private List<WorkerThread> Publish(params int[] numbers)
    {
        var published = numbers.Select(number => new WorkerThread(number)).ToList();
        published.ForEach(_threads.Publish);
        return published;
    }

    private List<ThreadSeat> Seat(int count)
    {
        var seats = new List<ThreadSeat>();
        for (var i = 0; i < count; i++)
        {
            var seat = new ThreadSeat(_threads);
            seat.Settle();
            seats.Add(seat);
        }

        return seats;
    }

    private static void Settle(List<ThreadSeat> seats)
    {
        for (var i = 0; i < seats.Count; i++)
        {
            var seat = seats[i];
            seat.Settle();
            seats[i] = seat;
        }
    }

    [Fact]
    public void A_new_client_goes_to_the_thread_with_the_fewest()
    {
        var numbers = Publish(0, 1, 2);
        var seats = Seat(6);
        Assert.Equal([0, 1, 2, 0, 1, 2], seats.Select(seat => seat.Thread!.Number));

        numbers[1].Leave();

        Assert.Equal(1, _threads.Settle(null)!.Number);
        Assert.Equal(3, _threads.Count);
    }

    [Fact]
    public void A_client_keeps_its_thread_while_the_threads_are_the_same()
    {
        var numbers = Publish(0, 1);
        var seats = Seat(4);
        numbers[1].Leave();
        numbers[1].Leave();

        Settle(seats);

        Assert.Equal([0, 1, 0, 1], seats.Select(seat => seat.Thread!.Number));
        Assert.All(seats, seat => Assert.False(seat.IsStale));
    }

    [Fact]
    public void Added_threads_take_their_share_of_the_clients_that_are_there()
    {
        var numbers = Publish(0, 1);
        var seats = Seat(16);
        numbers.AddRange(Publish(2, 3));
        Assert.All(seats, seat => Assert.True(seat.IsStale));

        Settle(seats);

        Assert.All(numbers, thread => Assert.Equal(4, thread.Clients));
        Assert.All(numbers, thread => Assert.Equal(4, seats.Count(seat => seat.Thread == thread)));
    }

    [Fact]
    public void One_client_more_is_not_worth_a_move()
    {
        var first = Publish(0);
        var seats = Seat(1);
        Publish(1);

        Settle(seats);

        Assert.Same(first[0], seats[0].Thread);
    }

    [Fact]
    public void Clients_of_a_withdrawn_thread_move_and_it_takes_nobody_any_more()
    {
        var numbers = Publish(0, 1, 2);
        var seats = Seat(9);

        _threads.Withdraw(numbers[1]);
        Settle(seats);

        Assert.Equal((0, true), (numbers[1].Clients, numbers[1].IsRetiring));
        Assert.Equal((9, 2), (numbers[0].Clients + numbers[2].Clients, _threads.Count));
        Assert.InRange(numbers[0].Clients, 4, 5);
        Assert.All(Seat(6), seat => Assert.NotEqual(1, seat.Thread!.Number));
    }

    [Fact]
    public void The_last_threads_keep_their_clients_and_take_no_new_ones()
    {
        var numbers = Publish(0);
        var seats = Seat(1);

        _threads.Withdraw(numbers[0]);
        Settle(seats);

        Assert.Same(numbers[0], seats[0].Thread);
        Assert.Null(_threads.Settle(null));
    }

    [Fact]
    public async Task Clients_that_settle_while_threads_come_and_go_are_each_counted_once()
    {
        var all = Publish(0, 1);
        using var together = new Barrier(4);
        var clients = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var seats = Seat(20);
            together.SignalAndWait();
            for (var i = 0; i < 2000; i++)
                Settle(seats);
            return seats;
        })).ToList();
        var serving = new Queue<WorkerThread>(all);
        together.SignalAndWait();
        for (var number = 2; number < 500; number++)
        {
            serving.Enqueue(Publish(number)[0]);
            all.Add(serving.Last());
            _threads.Withdraw(serving.Dequeue());
        }

        var seats = (await Task.WhenAll(clients)).SelectMany(each => each).ToList();
        Settle(seats);

        Assert.All(all, thread => Assert.Equal(seats.Count(seat => seat.Thread == thread), thread.Clients));
        Assert.All(seats, seat => Assert.False(seat.Thread!.IsRetiring));
    }
}
