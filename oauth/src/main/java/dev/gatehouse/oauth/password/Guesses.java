package dev.gatehouse.oauth.password;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.core.id.Id;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// How often passwords may be tried (GAUNTLET L02). Counted before the password is looked at, given back when it
/// was right. Three buckets, each of which has to have room:
///
/// * one user from one address: a person who mistypes, or somebody beside it
/// * one address, whoever it tries: one who goes through a list of names
/// * one user, from all addresses where it has never been right: many who guess at one name
///
/// The third is what a stranger could fill to lock a user out. An address where the user was right before does
/// not pass it, so the user stays in where it is at home, and everywhere else somebody gets in at the rate that
/// the bucket refills. What people told a client comes from the client: it counts as their address does, but has no
/// bucket for all of them, since the mistakes of some people would close it for all others.
///
/// What is kept is of this node alone and bounded; names that nobody has fill buckets like others, so that
/// being slowed tells nothing (L01).
final class Guesses {
    /// How many tries at once, and how long until there is one more.
    record Rate(int burst, Duration refill) {}

    /// The three rates.
    record Rates(Rate pair, Rate address, Rate user) {
        static final Rates DEFAULT = new Rates(
                new Rate(10, Duration.ofSeconds(60)),
                new Rate(60, Duration.ofSeconds(5)),
                new Rate(60, Duration.ofSeconds(10)));
    }

    private static final int MOST = 100_000;
    private static final int NETWORK_BYTES = 8;

    /// @param shared whether all names from this source have one more bucket
    private record Pair(String username, String source, boolean shared) {}

    private final Buckets<Pair> pairs;
    private final Buckets<String> addresses;
    private final Buckets<String> users;
    private final Cache<Pair, Boolean> athome;

    Guesses(Rates rates, LongSupplier nanos) {
        this.pairs = new Buckets<>(rates.pair(), nanos);
        this.addresses = new Buckets<>(rates.address(), nanos);
        this.users = new Buckets<>(rates.user(), nanos);
        this.athome =
                Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();
    }

    /// One try that was let through.
    final class Try {
        private final Pair pair;
        private final boolean known;

        private Try(Pair pair, boolean known) {
            this.pair = pair;
            this.known = known;
        }

        /// It was right, or was not looked at: it does not count.
        void giveBack() {
            pairs.giveBack(pair);
            if (pair.shared()) {
                addresses.giveBack(pair.source());
            }
            if (!known) {
                users.giveBack(pair.username());
            }
        }

        /// It was right.
        void right() {
            giveBack();
            athome.put(pair, true);
        }
    }

    /// Lets one more through, or says when to come again.
    sealed interface Answer {
        record Go(Guesses.Try attempt) implements Answer {}

        record Wait(Duration time) implements Answer {}
    }

    Answer admit(String username, InetAddress from) {
        return admit(new Pair(username, network(from), true));
    }

    /// The same for what a client brings.
    Answer admit(String username, Id client) {
        return admit(new Pair(username, client.text(), false));
    }

    private Answer admit(Pair pair) {
        boolean known = athome.getIfPresent(pair) != null;
        List<Optional<Duration>> waits = List.of(
                pairs.take(pair),
                pair.shared() ? addresses.take(pair.source()) : Optional.empty(),
                known ? Optional.empty() : users.take(pair.username()));
        Optional<Duration> longest = waits.stream().flatMap(Optional::stream).max(Duration::compareTo);
        if (longest.isEmpty()) {
            return new Answer.Go(new Try(pair, known));
        }
        if (waits.get(0).isEmpty()) {
            pairs.giveBack(pair);
        }
        if (waits.get(1).isEmpty() && pair.shared()) {
            addresses.giveBack(pair.source());
        }
        if (waits.get(2).isEmpty() && !known) {
            users.giveBack(pair.username());
        }
        return new Answer.Wait(longest.get());
    }

    /// An IPv6 host has a whole network of addresses to try from, so its first half counts.
    private static String network(InetAddress from) {
        byte[] bytes = from.getAddress();
        return HexFormat.of().formatHex(bytes.length > NETWORK_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }

    private static final class Buckets<K> {
        private record Bucket(double left, long at) {}

        private final Rate rate;
        private final LongSupplier nanos;
        private final Cache<K, Bucket> buckets;

        Buckets(Rate rate, LongSupplier nanos) {
            this.rate = rate;
            this.nanos = nanos;
            Duration full = rate.refill().multipliedBy(rate.burst());
            this.buckets = Caffeine.newBuilder()
                    .maximumSize(MOST)
                    .executor(Runnable::run)
                    .ticker(nanos::getAsLong)
                    .expireAfterWrite(full)
                    .build();
        }

        /// Takes one; or how long until there is one.
        Optional<Duration> take(K key) {
            long now = nanos.getAsLong();
            AtomicReference<Optional<Duration>> wait = new AtomicReference<>(Optional.empty());
            buckets.asMap().compute(key, (_, old) -> {
                double left = left(Optional.ofNullable(old), now);
                if (left >= 1) {
                    return new Bucket(left - 1, now);
                }
                wait.set(Optional.of(
                        Duration.ofNanos((long) ((1 - left) * rate.refill().toNanos()) + 1)));
                return new Bucket(left, now);
            });
            return wait.get();
        }

        private double left(Optional<Bucket> old, long now) {
            return old.map(bucket -> Math.min(
                            rate.burst(),
                            bucket.left()
                                    + (double) (now - bucket.at())
                                            / rate.refill().toNanos()))
                    .orElse((double) rate.burst());
        }

        void giveBack(K key) {
            long now = nanos.getAsLong();
            buckets.asMap()
                    .computeIfPresent(
                            key, (_, old) -> new Bucket(Math.min(rate.burst(), left(Optional.of(old), now) + 1), now));
        }
    }
}
