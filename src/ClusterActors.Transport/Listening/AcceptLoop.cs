using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using ClusterActors.Transport.Connections;
using ClusterActors.Transport.Loops;

namespace ClusterActors.Transport.Listening;

/// <summary>
/// An accept loop: one thread that takes the connections of one listening port and hands each to a reader-writer. Closing it
/// leaves the connections it accepted alone.
/// </summary>
public sealed class AcceptLoop : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Socket _socket;
    private readonly ListenSettings _settings;
    private readonly LoopGroup _group;
    private readonly IConnectionFactory _factory;
    private readonly IActorRef _owner;
    private readonly SemaphoreSlim _admission;
    private readonly CancellationTokenSource _closing = new();
    private int _disposed;
    private bool _paused;
    private bool _scarce;

    private AcceptLoop(Socket socket, ListenSettings settings, LoopGroup group, IConnectionFactory factory, IActorRef owner)
    {
        _socket = socket;
        _settings = settings;
        _group = group;
        _factory = factory;
        _owner = owner;
        _admission = new SemaphoreSlim(settings.AdmittedAtOnce, settings.AdmittedAtOnce);
        Endpoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Address and port it listens on; the port is the one the system chose where 0 was asked for.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Opens a listening port and begins to accept.</summary>
    /// <param name="endpoint">Address and port; <see cref="IPAddress.IPv6Any"/> also takes IPv4.</param>
    /// <param name="settings">How the socket is set up.</param>
    /// <param name="group">Who is to own the connections.</param>
    /// <param name="factory">Which actor is to serve each.</param>
    /// <param name="owner">Hears <see cref="AcceptEvents"/>.</param>
    /// <exception cref="ListenFailureException">The port is in use, privileged, or not an address of this machine.</exception>
    public static AcceptLoop Open(IPEndPoint endpoint, ListenSettings settings, LoopGroup group, IConnectionFactory factory, IActorRef owner)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endpoint.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            SocketOptions.Apply(socket, settings.KeepAlive);
            socket.Bind(endpoint);
            socket.Listen(settings.Backlog);
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            throw new ListenFailureException($"cannot listen on {endpoint}: {Explain(failure)}", failure);
        }

        var loop = new AcceptLoop(socket, settings, group, factory, owner);
        new Thread(loop.Run) { Name = $"accept-{loop.Endpoint.Port}", IsBackground = true }.Start();
        return loop;
    }

    /// <summary>Stops listening. Connections in the system's backlog are refused by it; accepted ones go on.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _closing.Cancel();
        _socket.Dispose();
    }

    private static string Explain(SocketException failure) => failure.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => "the port is in use by another program; choose another port or end that program",
        SocketError.AccessDenied => "ports below 1024 need privileges; choose a port from 1024 to 65535",
        SocketError.AddressNotAvailable => "this machine has no such address",
        _ => failure.Message,
    };

    private void Run()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                _admission.Wait(_closing.Token);
                AcceptOne();
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                _admission.Release();
                if (!_closing.IsCancellationRequested)
                    Recover(failure);
            }
        }

        // Not in Dispose, which other threads call: this one may be about to wait with it.
        _closing.Dispose();
    }

    private void AcceptOne()
    {
        if (_scarce && DescriptorReserve.IsNext())
        {
            _admission.Release();
            Wait();
            return;
        }

        var socket = _socket.Accept();
        _scarce = DescriptorReserve.Includes(socket);
        try
        {
            // Linux hands the listener's options down; elsewhere each connection needs its own.
            if (!OperatingSystem.IsLinux())
                SocketOptions.Apply(socket, _settings.KeepAlive);
            _group.Adopt(socket, _factory, _admission);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        if (_scarce)
            TellPaused(DescriptorReserve.Reason);
        else
            TellResumed();
    }

    private void Recover(Exception failure)
    {
        if (failure is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted })
            return;
        TellPaused(failure.Message);
        Wait();
    }

    private void Wait() => _closing.Token.WaitHandle.WaitOne(Pause);

    private void TellPaused(string reason)
    {
        if (!_paused)
            _owner.Tell(new AcceptEvents.Paused(Endpoint.Port, reason), ActorRefs.NoSender);
        _paused = true;
    }

    private void TellResumed()
    {
        if (_paused)
            _owner.Tell(new AcceptEvents.Resumed(Endpoint.Port), ActorRefs.NoSender);
        _paused = false;
    }
}
