package dev.gatehouse.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// One connection for one request, to an address that was checked and to no other: nothing below this looks up a
/// name, and no proxy is asked. It is cut at its deadline, whatever it is doing then.
final class Wire implements AutoCloseable {
    /// How many addresses of a name are tried.
    private static final int TRIED = 4;

    private final Limits limits;
    private final Deadline deadline;
    private final ScheduledFuture<?> cut;
    private volatile Socket raw = new Socket(Proxy.NO_PROXY);
    private volatile boolean over;
    private Socket socket = raw;

    Wire(Limits limits, Deadline deadline, ScheduledExecutorService watch) {
        this.limits = limits;
        this.deadline = deadline;
        this.cut = watch.schedule(this::cut, deadline.leftNanos(), TimeUnit.NANOSECONDS);
    }

    private void cut() {
        over = true;
        close(raw);
    }

    /// Connects to the first of these addresses that answers.
    Socket connect(Target target, List<InetAddress> addresses, Optional<Tls> tls) throws IOException {
        for (InetAddress address : addresses.subList(0, Math.min(TRIED, addresses.size()))) {
            if (connected(new InetSocketAddress(address, target.port()))) {
                raw.setSoTimeout((int) limits.read().toMillis());
                raw.setTcpNoDelay(true);
                socket = tls.isPresent() ? tls.get().over(raw, target) : raw;
                return socket;
            }
        }
        throw new Failed(Fetched.Cause.CONNECT);
    }

    private boolean connected(InetSocketAddress address) {
        Socket fresh = new Socket(Proxy.NO_PROXY);
        raw = fresh;
        int patience = deadline.millis(limits.connect());
        if (over || patience == 0) {
            return false;
        }
        try {
            fresh.connect(address, patience);
            return true;
        } catch (IOException e) {
            close(fresh);
            return false;
        }
    }

    /// What a failure of this connection means.
    Fetched.Cause why(IOException e) {
        if (over || deadline.leftNanos() == 0 || e instanceof SocketTimeoutException) {
            return Fetched.Cause.SLOW;
        }
        return e instanceof Failed failed ? failed.why() : Fetched.Cause.BROKEN;
    }

    /// Ends the connection, TLS first, so that the other side is told.
    @Override
    public void close() {
        close(socket);
        close(raw);
        cut.cancel(false);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more, and that is all that was wanted.
            return;
        }
    }
}
