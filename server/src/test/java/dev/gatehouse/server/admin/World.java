package dev.gatehouse.server.admin;

import static dev.gatehouse.server.admin.Installed.ACT;
import static dev.gatehouse.server.admin.Installed.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.limit.Buckets;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.token.TokenReader;
import dev.gatehouse.oauth.password.Argon2;
import dev.gatehouse.oauth.password.StretchedPasswords;
import dev.gatehouse.server.NoPlatforms;
import dev.gatehouse.server.federation.ProviderVault;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Events;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.reveal.SecretCopies;
import dev.gatehouse.server.signed.SealedKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Two customers of a provider, and a way to call the admin API.
final class World {
    static final Instant NOW = Installed.NOW;

    private static final Scopes MANAGER = Scopes.of(
            "orgs:write",
            "apps:write",
            "keys:write",
            "keys:reveal",
            "customers:write",
            "users:write",
            "apis:read",
            "roles:write",
            "connections:write");

    final Installed installed;
    final Store store;
    final Organization root;
    final Api admin;
    final Role owner;
    final Application rootApp;
    final Key rootKey;
    final Organization t1;
    final Organization t1child;
    final Organization t2;
    final Role manager;
    final Role reader;
    final Role strong;
    final Role foreign;
    final Application t1App;
    final Application t1Shop;
    final Application t1Strong;
    final Application t2App;
    final Key t1Key;
    final Key t1Sibling;
    final Key t1ShopKey;
    final Key t1StrongKey;
    final Key t2Key;
    final AdminFront front;

    /// Names this world's requests in the audit trail.
    final String requestId;

    /// A credential with the string that proves it.
    record Key(Credential credential, String text) {
        Id id() {
            return credential.id();
        }
    }

    private record NoTokens() implements TokenReader {
        @Override
        public boolean recognises(Secret presented) {
            return false;
        }

        @Override
        public Read read(Secret presented, Api api) {
            return new Read.Refused("no tokens here");
        }

        @Override
        public Read readLoading(Secret presented, Api api) {
            return read(presented, api);
        }
    }

    World(Installed installed) {
        this.installed = installed;
        store = installed.store;
        root = installed.root;
        admin = installed.admin;
        owner = installed.owner;
        rootApp = installed.rootApp;
        rootKey = installed.rootKey;
        requestId = Long.toHexString(installed.random.nextLong());
        t1 = organization("T1 " + requestId, root);
        t1child = organization("T1 child", t1);
        t2 = organization("T2 " + requestId, root);
        Id orders = installed.orders.id();
        manager = role(t1, "manager", Map.of(admin.id(), MANAGER, orders, Scopes.of("orders:write")));
        reader = role(t1, "reader", Map.of(orders, Scopes.of("orders:read")));
        strong = role(t1, "strong", Map.of(orders, Scopes.of("orders:write", "refunds")));
        foreign = role(t2, "foreign", Map.of(orders, Scopes.of("orders:read")));
        t1App = application(t1, "T1 admin", manager);
        t1Shop = application(t1, "T1 shop", reader);
        t1Strong = application(t1, "T1 strong", strong);
        t2App = application(t2, "T2 shop", foreign);
        t1Key = key(t1App);
        t1Sibling = key(t1App);
        t1ShopKey = key(t1Shop);
        t1StrongKey = key(t1Strong);
        t2Key = key(t2App);
        Verifier verifier = new Verifier(
                new Prover(
                        store.facts(),
                        installed.checkKeys,
                        installed.pepper,
                        new NoTokens(),
                        new Misses(() -> 0, new Random(1))),
                store.facts(),
                () -> NOW);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        front = new AdminFront(
                verifier,
                new Limiter(new Buckets(8, 8, () -> 0, installed.random)),
                store,
                installed.keys,
                installed.checkKeys,
                installed.pepper,
                new StretchedPasswords(
                        new Argon2(new Argon2.Cost(8, 1, 1), installed.random),
                        installed.pepper,
                        store.users(),
                        StretchedPasswords.Bounds.of(8),
                        installed.random,
                        () -> NOW,
                        () -> 0),
                new SealedKeys(installed.custody, () -> NOW),
                new ProviderVault(installed.custody),
                new SecretCopies(installed.custody),
                NoPlatforms.outbound(store.connections(), installed.custody, () -> NOW),
                installed.random,
                () -> NOW,
                new Observations(registry, new Events(registry)));
    }

    private Organization organization(String name, Organization parent) {
        return done(store.members()
                .add(
                        new Organization(
                                Id.random(Kind.ORGANIZATION, installed.random),
                                Optional.of(parent.id()),
                                name,
                                Standing.FRESH,
                                NOW),
                        ACT));
    }

    private Role role(Organization organization, String name, Map<Id, Scopes> rights) {
        Role made =
                new Role(Id.random(Kind.ROLE, installed.random), organization.id(), name, new Rights(rights), false, 0);
        return done(store.apis().add(made, ACT));
    }

    Application application(Organization organization, String name, Role role) {
        return done(store.members().add(installed.application(organization, name, role), ACT));
    }

    private Key key(Application application) {
        return key(application, new Reach.WholeRole(), Window.ALWAYS, Restrictions.NONE);
    }

    Key key(Application application, Reach reach, Window window, Restrictions restrictions) {
        Key made = installed.key(application, reach, window, restrictions);
        return new Key(done(store.members().add(made.credential(), ACT)), made.text());
    }

    /// Where T1 keeps its roles.
    String roles() {
        return "/v1/organizations/" + t1.id() + "/roles";
    }

    /// Calls with a key and a JSON body; the target may have a query.
    Reply call(Key key, String method, String target, String json, Header... more) {
        List<Header> headers = new ArrayList<>(List.of(
                new Header("Authorization", "Bearer " + key.text()), new Header("Content-Type", "application/json")));
        headers.addAll(List.of(more));
        return call(method, target, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    Reply get(Key key, String target) {
        return call("GET", target, new byte[0], List.of(new Header("Authorization", "Bearer " + key.text())));
    }

    /// Asks again when the node says that it is too busy, as clients do.
    Reply call(String method, String target, byte[] body, List<Header> headers) {
        Reply reply = once(method, target, body, headers);
        for (int i = 0; i < 20 && reply.status() == 503; i++) {
            reply = once(method, target, body, headers);
        }
        return reply;
    }

    private Reply once(String method, String target, byte[] body, List<Header> headers) {
        int mark = target.indexOf('?');
        HttpFacts head = new HttpFacts(
                requestId,
                "admin",
                false,
                method,
                "127.0.0.1:8081",
                mark < 0 ? target : target.substring(0, mark),
                mark < 0 ? Optional.empty() : Optional.of(target.substring(mark + 1)),
                headers,
                Bytes.NONE,
                InetAddress.getLoopbackAddress(),
                System.nanoTime());
        Outcome outcome = front.head(head);
        while (true) {
            switch (outcome) {
                case Outcome.Answer(Reply reply) -> {
                    return reply;
                }
                case Outcome.ReadBody read -> {
                    if (body.length > read.limit()) {
                        return front.unreadable(Optional.of(head), 413, "the body is too large");
                    }
                    outcome = read.next()
                            .apply(new HttpFacts(
                                    head.id(),
                                    head.listener(),
                                    head.secure(),
                                    head.method(),
                                    head.host(),
                                    head.path(),
                                    head.query(),
                                    head.headers(),
                                    Bytes.of(body),
                                    head.from(),
                                    head.arrivedNanos()));
                }
                case Outcome.Block block -> {
                    assertThat(block.work()).isEqualTo(Outcome.Work.ADMIN);
                    outcome = block.next().get();
                }
                case Outcome.Forward forward -> throw new AssertionError("the admin API forwards nothing: " + forward);
            }
        }
    }

    static Map<String, Object> members(Reply reply) {
        return new LinkedHashMap<>(((Body.Json) reply.body()).members());
    }

    static String text(Reply reply, String member) {
        Map<String, Object> members = members(reply);
        assertThat(members).containsKey(member);
        return String.valueOf(members.get(member));
    }

    static Optional<String> header(Reply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst();
    }

    /// Status and code of a problem in one string.
    static String problem(Reply reply) {
        return reply.status() + " " + (reply.status() < 400 ? "" : text(reply, "code"));
    }

    static List<?> items(Reply reply) {
        assertThat(members(reply)).containsKey("items");
        return new ArrayList<>((List<?>) members(reply).get("items"));
    }
}
