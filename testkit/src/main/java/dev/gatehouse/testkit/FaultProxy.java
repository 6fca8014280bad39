package dev.gatehouse.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// A TCP proxy on the loopback whose way can be held up, cut and slowed down while connections are open.
public final class FaultProxy implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;

    private enum Way {
        OPEN,
        /// What arrives stays here, as in a network that swallows it: neither side is told.
        HELD,
        /// Connections are reset and none is made.
        CUT
    }

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turned = lock.newCondition();
    private Way way = Way.OPEN;
    private volatile Duration delay = Duration.ZERO;

    private FaultProxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /// Forwards from a free port to this one.
    public static FaultProxy to(int target) {
        try {
            FaultProxy proxy = new FaultProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
            Thread.ofVirtual().name("fault-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where to connect instead of the target.
    public int port() {
        return listening.getLocalPort();
    }

    /// Lets everything through at once, also what was held.
    public void open() {
        delay = Duration.ZERO;
        turn(Way.OPEN);
    }

    /// Lets nothing through and tells nobody.
    public void hold() {
        turn(Way.HELD);
    }

    /// Resets what is open and refuses what comes.
    public void cut() {
        turn(Way.CUT);
        sockets.forEach(FaultProxy::reset);
    }

    /// Delays every piece of data by this much, in both directions.
    public void slow(Duration by) {
        delay = by;
    }

    private void turn(Way to) {
        lock.lock();
        try {
            way = to;
            turned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket near = listening.accept();
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void connect(Socket near) {
        sockets.add(near);
        if (!passes()) {
            reset(near);
            return;
        }
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pump(near, far));
            pump(far, near);
        } catch (IOException e) {
            reset(near);
        }
    }

    /// Carries bytes until either side ends; then both have ended.
    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            int read = in.read(chunk);
            while (read >= 0 && passes()) {
                LockSupport.parkNanos(delay.toNanos());
                out.write(chunk, 0, read);
                read = in.read(chunk);
            }
        } catch (IOException e) {
            // The other direction ends with this one.
            sockets.remove(from);
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    /// Waits while the way is held; whether it is open then.
    private boolean passes() {
        lock.lock();
        try {
            while (way == Way.HELD) {
                turned.awaitUninterruptibly();
            }
            return way == Way.OPEN;
        } finally {
            lock.unlock();
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // It was closed in between, which is all that was wanted.
            assert socket.isClosed();
        }
    }

    @Override
    public void close() {
        cut();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
