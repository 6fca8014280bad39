package dev.gatehouse.core.quota;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Exchanges;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.limit.Buckets;
import dev.gatehouse.core.limit.Buckets.Bucket;
import dev.gatehouse.core.limit.Buckets.Taken;
import dev.gatehouse.core.limit.Limit;
import dev.gatehouse.core.limit.Limits;
import dev.gatehouse.core.limit.Quota;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.proof.Gate;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Holds requests against limits. Before anything is proven, whoever's address is over a limit is turned away,
/// and nothing is taken for that. A request is charged when it is allowed and all that could still refuse it has
/// been asked, so that nothing refused costs anybody quota. What is no credential at all counts apart, by where
/// it comes from.
///
/// All visitors of a page share its domain key, which everybody can read there. So what an Api or route says of
/// each credential counts for each address of them apart, and nobody uses it up for the others; what the key says
/// of itself, and what the Api says of each domain key, counts for all together (GAUNTLET I07).
public final class Limiter implements Gate {
    /// How many credentials can owe something at once.
    private static final int CREDENTIALS = 1 << 18;

    /// How many addresses can.
    private static final int ADDRESSES = 1 << 17;

    /// What an address may do without a credential at an Api that says nothing of addresses.
    private static final Rate BROWSERS = new Rate(1, 1, 60);

    /// How often one address may have something written down for a client that only says its name, where anybody
    /// could say it: far from what all clients of that name may have waiting.
    static final Rate NAMED = new Rate(60, 60, 60);

    /// How many codes of devices one address may try, and one person, and how many all together at one node:
    /// against 34 bits, of which a thousand are taken for each application (RFC 8628 section 5.1).
    static final Rate TYPED = new Rate(10, 60, 10);

    /// Far more than people type, so that strangers do not use it up for them: at this rate somebody finds a device
    /// that waits once in days, and has said yes to it, which gives the device nothing of anybody else.
    static final Rate TYPED_IN_ALL = new Rate(3000, 60, 3000);

    /// How many devices one address may have begin to wait in the name of a client that anybody can use: a
    /// twenty-fifth of what may wait in all.
    static final Rate DEVICES = new Rate(3, 60, 10);

    /// How often one address may have something fetched that a client keeps itself, in whichever client's name,
    /// and how often all may in the name of one: whoever that is asked of did not ask to be.
    static final Rate FETCHED = new Rate(60, 60, 30);

    static final Rate FETCHED_IN_ALL = new Rate(600, 60, 600);

    private static final long TYPING = 1;

    private static final long REGISTERING = 2;

    private static final long FETCHING = 3;

    private static final long V4 = 0xffff_0000_0000L;

    private final Buckets buckets;

    /// Takes from these.
    public Limiter(Buckets buckets) {
        this.buckets = buckets;
    }

    /// One for a node; takes 6 MB.
    ///
    /// @param nanos the monotonic clock
    public static Limiter of(LongSupplier nanos, RandomGenerator random) {
        return new Limiter(new Buckets(CREDENTIALS, ADDRESSES, nanos, random));
    }

    /// By the guesses from an address, and by its requests where the ask is one that they count for: a service of
    /// the provider's that asks about tokens speaks for all customers, and ending something is never put off.
    @Override
    public Optional<Refusal.TooMany> closed(Api api, Ask ask) {
        Limits limits = api.limits();
        if (limits.address().isEmpty() && limits.guesses().isEmpty()) {
            return Optional.empty();
        }
        return ask.address().flatMap(from -> {
            List<Bucket> shut = new ArrayList<>(2);
            limits.guesses().ifPresent(rate -> shut.add(address(Limit.GUESSES, api, from, rate)));
            limits.address()
                    .filter(_ -> counts(ask))
                    .ifPresent(rate -> shut.add(address(Limit.ADDRESS, api, from, rate)));
            return shut.isEmpty()
                    ? Optional.empty()
                    : Optional.of(buckets.look(shut))
                            .filter(taken -> !taken.allowed())
                            .map(Limiter::tooMany);
        });
    }

    private static boolean counts(Ask ask) {
        return switch (ask) {
            case Ask.Call _, Ask.Mint _, Ask.Renew _, Ask.Redeem _ -> true;
            case Ask.Authenticate authenticate -> authenticate.begins();
            case Ask.Consent _, Ask.End _, Ask.Introspect _ -> false;
        };
    }

    @Override
    public void guessed(Api api, Ask ask) {
        Optional<Rate> rate = api.limits().guesses();
        if (rate.isPresent()) {
            ask.address().ifPresent(from -> buckets.take(List.of(address(Limit.GUESSES, api, from, rate.get()))));
        }
    }

    /// Charges a call of a route.
    public Charge call(Api api, Route route, Verdict.Allowed allowed, InetAddress from) {
        List<Bucket> under = under(api, allowed, from);
        Credential credential = allowed.members().credential();
        route.rate().ifPresent(rate -> under.add(each(Limit.ROUTE, route.id(), credential, from, rate)));
        return charged(under);
    }

    /// Charges a call of a route that takes no credential.
    public Charge open(Api api, Route route, InetAddress from) {
        List<Bucket> under = new ArrayList<>(2);
        api.limits().address().ifPresent(rate -> under.add(address(Limit.ADDRESS, api, from, rate)));
        route.rate()
                .ifPresent(rate -> under.add(new Bucket(
                        Limit.ROUTE, true, buckets.name(Limit.ROUTE, route.id().value(), 0, network(from)), rate)));
        return charged(under);
    }

    /// Charges a browser that is answered without a credential by work of the node. That is never without a limit.
    public Charge browser(Api api, InetAddress from) {
        return charged(
                List.of(address(Limit.ADDRESS, api, from, api.limits().address().orElse(BROWSERS))));
    }

    /// Charges what is asked of Gatehouse itself: a token, a list of Apis, the admin API.
    public Charge request(Api api, Verdict.Allowed allowed, InetAddress from) {
        return charged(under(api, allowed, from));
    }

    /// What such a request would be refused for now. Nothing is taken: for what must not be used up in vain.
    public Optional<Refusal.TooMany> full(Api api, Verdict.Allowed allowed, InetAddress from) {
        List<Bucket> under = under(api, allowed, from);
        return under.isEmpty()
                ? Optional.empty()
                : Optional.of(buckets.look(under))
                        .filter(taken -> !taken.allowed())
                        .map(Limiter::tooMany);
    }

    /// The same for an operation that may be done so often.
    ///
    /// @param operation a number of its own
    /// @param together whether by all credentials of an organization together
    public Charge request(
            Api api, Verdict.Allowed allowed, InetAddress from, int operation, Rate rate, boolean together) {
        List<Bucket> under = under(api, allowed, from);
        Members members = allowed.members();
        Id whose = together ? members.organization().id() : members.credential().id();
        boolean shared = !together && members.credential().kind() == CredentialKind.DOMAIN_KEY;
        long who = buckets.name(Limit.OPERATION, whose.value(), operation, shared ? network(from) : 0);
        under.add(new Bucket(
                Limit.OPERATION, shared, buckets.name(Limit.OPERATION, api.id().value(), who, 0), rate));
        return charged(under);
    }

    /// Charges a question about a token. Services of the organization that has the Api ask for all of its
    /// callers, so only what their own credential says holds for them.
    public Charge question(Api api, Verdict.Allowed asking, InetAddress from) {
        boolean own = asking.members().organization().id().equals(api.organization());
        return charged(own ? key(asking.members().credential()) : under(api, asking, from));
    }

    /// Charges a request that a client pushes before a browser comes with it. One that has proven itself fills up
    /// nothing but its own room; in the name of one that has not, anybody does.
    public Charge push(Api api, Application client, InetAddress from) {
        return named(api, client, from, Limit.ADDRESS, NAMED);
    }

    /// The same for a device that begins to wait.
    public Charge device(Api api, Application client, InetAddress from) {
        return named(api, client, from, Limit.OPERATION, DEVICES);
    }

    private Charge named(Api api, Application client, InetAddress from, Limit limit, Rate most) {
        List<Bucket> under = new ArrayList<>(2);
        api.limits().address().ifPresent(rate -> under.add(address(Limit.ADDRESS, api, from, rate)));
        if (client.terms().open()) {
            long name = buckets.name(limit, api.id().value(), client.id().value(), network(from));
            under.add(new Bucket(limit, true, name, most));
        }
        return charged(under);
    }

    /// Charges a request that is fetched from where its client keeps it. Nobody has proven anything then.
    public Charge fetch(Api api, Application client, InetAddress from) {
        long id = api.id().value();
        return charged(List.of(
                new Bucket(Limit.ADDRESS, true, buckets.name(Limit.ADDRESS, id, FETCHING, network(from)), FETCHED),
                new Bucket(
                        Limit.OPERATION,
                        true,
                        buckets.name(Limit.OPERATION, id, client.id().value(), FETCHING),
                        FETCHED_IN_ALL)));
    }

    /// Charges the code of a device that a person types, whether or not there is one.
    public Charge typed(Api api, Id person, InetAddress from) {
        long id = api.id().value();
        return charged(List.of(
                new Bucket(Limit.GUESSES, true, buckets.name(Limit.GUESSES, id, TYPING, network(from)), TYPED),
                new Bucket(Limit.GUESSES, false, buckets.name(Limit.GUESSES, id, person.value(), TYPING), TYPED),
                new Bucket(Limit.GUESSES, true, buckets.name(Limit.GUESSES, id, TYPING, 0), TYPED_IN_ALL)));
    }

    /// Charges a client that registers itself, whether or not it has a token that lets it.
    public Charge registration(Api api, Rate rate, InetAddress from) {
        return charged(List.of(new Bucket(
                Limit.ADDRESS, true, buckets.name(Limit.ADDRESS, api.id().value(), REGISTERING, network(from)), rate)));
    }

    /// Gives back what a request was charged that then was not served.
    public void refund(Charge.Made made) {
        buckets.give(made.from());
    }

    /// How often a bucket was forgotten for want of room.
    public long forgotten() {
        return buckets.forgotten();
    }

    private Charge charged(List<Bucket> under) {
        if (under.isEmpty()) {
            return new Charge.Made(List.of(), Optional.empty());
        }
        Taken taken = buckets.take(under);
        return taken.allowed()
                ? new Charge.Made(under, Optional.of(taken.quota()))
                : new Charge.TooMuch(tooMany(taken));
    }

    private static Refusal.TooMany tooMany(Taken taken) {
        Optional<Quota> told = Optional.of(taken.quota()).filter(quota -> quota.limit() != Limit.GUESSES);
        return new Refusal.TooMany(taken.after(), told);
    }

    private List<Bucket> under(Api api, Verdict.Allowed allowed, InetAddress from) {
        Credential credential = allowed.members().credential();
        List<Bucket> under = key(credential);
        Exchanges.actors(allowed.facts())
                .forEach(actor -> actor.credential().ifPresent(shown -> under.addAll(key(shown))));
        Limits limits = api.limits();
        limits.credential().ifPresent(rate -> under.add(each(Limit.CREDENTIAL, api.id(), credential, from, rate)));
        limits.domainKey()
                .filter(_ -> credential.kind() == CredentialKind.DOMAIN_KEY)
                .ifPresent(rate -> under.add(new Bucket(
                        Limit.DOMAIN_KEY,
                        false,
                        buckets.name(
                                Limit.DOMAIN_KEY,
                                api.id().value(),
                                credential.id().value(),
                                0),
                        rate)));
        limits.address().ifPresent(rate -> under.add(address(Limit.ADDRESS, api, from, rate)));
        return under;
    }

    private List<Bucket> key(Credential credential) {
        List<Bucket> under = new ArrayList<>(4);
        credential.restrictions().rate().ifPresent(rate -> {
            long name = buckets.name(Limit.KEY, credential.id().value(), 0, 0);
            under.add(new Bucket(Limit.KEY, false, name, rate));
        });
        return under;
    }

    private Bucket each(Limit limit, Id at, Credential credential, InetAddress from, Rate rate) {
        boolean shared = credential.kind() == CredentialKind.DOMAIN_KEY;
        long name = buckets.name(limit, at.value(), credential.id().value(), shared ? network(from) : 0);
        return new Bucket(limit, shared, name, rate);
    }

    private Bucket address(Limit limit, Api api, InetAddress from, Rate rate) {
        return new Bucket(limit, true, buckets.name(limit, api.id().value(), 0, network(from)), rate);
    }

    /// Who has an IPv6 address has a network of 64 bits of them, which is one caller here.
    private static long network(InetAddress from) {
        ByteBuffer bytes = ByteBuffer.wrap(from.getAddress());
        return bytes.remaining() > Integer.BYTES ? bytes.getLong() : V4 | (bytes.getInt() & 0xffff_ffffL);
    }
}
