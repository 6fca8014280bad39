package dev.gatehouse.egress;

import dev.gatehouse.core.http.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;

/// The one HTTP client for everything that somebody else names (GAUNTLET R7, J06, J07): `https` on port 443 of
/// public addresses, and what the operator opens. A name is looked up once, all that it stands for is checked,
/// and the connection goes there. Redirects are not followed, cookies not kept, proxies not asked. One connection
/// a request. Blocks, so that it is called on virtual threads; safe for many of them.
public final class Egress implements AutoCloseable {
    private final List<Opening> openings;
    private final Limits limits;
    private final Names names;
    private final LongSupplier nanos;
    private final EgressListener listener;
    private final Turns<String> turns;
    private final Trust usual = new Trust(Optional.empty());
    private final Map<Opening, Trust> own = new HashMap<>();
    private final ScheduledThreadPoolExecutor watch;

    /// @param openings what the operator opens besides the public internet
    /// @param nanos monotonic time
    public Egress(
            List<Opening> openings, Limits limits, Resolver resolver, LongSupplier nanos, EgressListener listener) {
        this.openings = List.copyOf(openings);
        this.limits = limits;
        this.names = new Names(resolver);
        this.nanos = nanos;
        this.listener = listener;
        this.turns = new Turns<>(limits.perHost(), limits.inAll());
        this.openings.stream()
                .filter(opening -> opening.trusted().isPresent())
                .forEach(opening -> own.put(opening, new Trust(opening.trusted())));
        this.watch = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("egress-watch").factory());
        watch.setRemoveOnCancelPolicy(true);
    }

    /// Makes a request and reads the answer.
    public Fetched fetch(EgressRequest request) {
        long began = nanos.getAsLong();
        Optional<Target> target = Target.parse(request.url());
        Fetched outcome = target.map(there -> fetch(request, there, Deadline.in(limits.total(), nanos)))
                .orElseGet(() -> new Fetched.Refused(Fetched.Reason.URL));
        listener.fetched(target.map(Target::host).orElse(""), outcome, nanos.getAsLong() - began);
        return outcome;
    }

    private Fetched fetch(EgressRequest request, Target target, Deadline deadline) {
        Optional<Opening> opening =
                openings.stream().filter(one -> one.opens(target)).findFirst();
        Optional<Fetched.Reason> refused = refused(request, target, opening.isPresent());
        if (refused.isPresent()) {
            return new Fetched.Refused(refused.get());
        }
        Optional<Turns.Turn> turn = watch.isShutdown() ? Optional.empty() : turns.take(target.authority());
        if (turn.isEmpty()) {
            return new Fetched.Unreachable(Fetched.Cause.BUSY, false);
        }
        try (Turns.Turn _ = turn.get()) {
            List<InetAddress> addresses = names.of(target, deadline);
            if (opening.isEmpty() && !addresses.stream().allMatch(PublicAddresses::contains)) {
                return new Fetched.Refused(Fetched.Reason.ADDRESS);
            }
            return exchange(request, target, addresses, opening, deadline);
        } catch (Failed e) {
            return new Fetched.Unreachable(e.why(), false);
        }
    }

    private static Optional<Fetched.Reason> refused(EgressRequest request, Target target, boolean open) {
        if (!request.sendable()) {
            return Optional.of(Fetched.Reason.REQUEST);
        }
        if (!target.tls() && request.identity().isPresent()) {
            return Optional.of(Fetched.Reason.SCHEME);
        }
        if (open) {
            return Optional.empty();
        }
        if (!target.tls()) {
            return Optional.of(Fetched.Reason.SCHEME);
        }
        if (target.numeric().isPresent()) {
            return Optional.of(Fetched.Reason.ADDRESS);
        }
        return target.port() == 443 ? Optional.empty() : Optional.of(Fetched.Reason.PORT);
    }

    private Fetched exchange(
            EgressRequest request,
            Target target,
            List<InetAddress> checked,
            Optional<Opening> opening,
            Deadline deadline) {
        Optional<Tls> tls = target.tls()
                ? Optional.of(new Tls(
                        opening.flatMap(one -> Optional.ofNullable(own.get(one)))
                                .orElse(usual),
                        request.identity()))
                : Optional.empty();
        boolean sent = false;
        try (Wire wire = new Wire(limits, deadline, watch)) {
            try {
                Socket socket = wire.connect(target, checked, tls);
                sent = true;
                return new AnswerReader(Asking.ask(socket, bytes(request, target)), limits.headers(), request.most())
                        .read(request.method());
            } catch (IOException e) {
                Fetched.Cause why = wire.why(e);
                boolean shaken = why != Fetched.Cause.TLS && why != Fetched.Cause.CERTIFICATE;
                return new Fetched.Unreachable(why, sent && shaken);
            }
        }
    }

    private static byte[] bytes(EgressRequest request, Target target) {
        StringBuilder head = new StringBuilder();
        line(head, request.method() + " " + target.resource() + " HTTP/1.1");
        line(head, "Host: " + target.hostHeader());
        for (Header header : request.headers()) {
            line(head, header.name() + ": " + header.value());
        }
        line(head, "Accept-Encoding: identity");
        line(head, "Connection: close");
        if (request.carries()) {
            line(head, "Content-Length: " + request.body().length());
        }
        line(head, "");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(request.body().toArray());
        return out.toByteArray();
    }

    private static void line(StringBuilder head, String line) {
        head.append(line).append("\r\n");
    }

    /// Waits for nobody: requests under way end as broken or slow.
    @Override
    public void close() {
        names.close();
        var _ = watch.shutdownNow();
    }
}
