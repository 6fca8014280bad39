package dev.gatehouse.oauth;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.key.KeyString;
import dev.gatehouse.core.limit.Buckets;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.store.AssertionStore;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.oauth.client.KeyFetch;
import dev.gatehouse.oauth.client.KnownKeys;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.endpoint.AssertedClients;
import dev.gatehouse.oauth.endpoint.BearerGrant;
import dev.gatehouse.oauth.endpoint.Clients;
import dev.gatehouse.oauth.endpoint.CodeGrant;
import dev.gatehouse.oauth.endpoint.DeviceCodes;
import dev.gatehouse.oauth.endpoint.DeviceGrant;
import dev.gatehouse.oauth.endpoint.IdTokenExchange;
import dev.gatehouse.oauth.endpoint.OnGrants;
import dev.gatehouse.oauth.endpoint.RefreshGrant;
import dev.gatehouse.oauth.endpoint.RefreshQuestions;
import dev.gatehouse.oauth.endpoint.TokenEndpoint;
import dev.gatehouse.oauth.endpoint.TokenWitness;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.token.IdTokens;
import dev.gatehouse.oauth.token.Issuer;
import dev.gatehouse.oauth.token.Minted;
import dev.gatehouse.oauth.token.Minter;
import dev.gatehouse.oauth.token.RefreshTokens;
import dev.gatehouse.oauth.token.Subjects;
import dev.gatehouse.oauth.token.TokenFormats;
import dev.gatehouse.testkit.Payments;
import dev.gatehouse.testkit.memory.MemoryStore;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// One installation in memory: the provider, a customer with an application and its secret, and Apis of every
/// format.
public final class World {
    public static final Scopes READ = Scopes.of("orders:read");
    public static final Scopes BOTH = Scopes.of("orders:read", "orders:write");

    public final SecureRandom random = new SecureRandom();
    public Instant now = Instant.parse("2026-11-21T12:00:00Z");
    public final InstantSource clock = () -> now;
    public final Custody custody;
    public final MemoryKeys store = new MemoryKeys();
    public final MemoryFacts facts = new MemoryFacts();
    public final Keys keys;
    public final TokenFormats formats;
    public final Minter minter;
    public final TokenEndpoint endpoint;
    public final Clients clients;
    public final AssertedClients signers;

    /// Whether uses of assertions can be written down.
    public boolean usesDown;
    public final RefreshQuestions refreshes;

    /// What the endpoint told its witness.
    public final List<String> witnessed = new ArrayList<>();

    public final Organization root =
            new Organization(id(Kind.ORGANIZATION), Optional.empty(), "provider", Standing.FRESH, now);
    public final Organization customer =
            new Organization(id(Kind.ORGANIZATION), Optional.of(root.id()), "customer", Standing.FRESH, now);
    public final Api sealed = api("sealed", TokenFormat.SEALED, SigningAlgorithm.ES256);
    public final Api es256 = api("es256", TokenFormat.JWT, SigningAlgorithm.ES256);
    public final Api rs256 = api("rs256", TokenFormat.JWT, SigningAlgorithm.RS256);
    public final Api ps256 = api("ps256", TokenFormat.JWT, SigningAlgorithm.PS256);
    public final Api eddsa = api("eddsa", TokenFormat.JWT, SigningAlgorithm.EDDSA);
    public final List<Api> apis = List.of(sealed, es256, rs256, ps256, eddsa);

    /// Those that have their keys from the start; drawing an RSA key takes long.
    public final List<Api> started = List.of(sealed, es256, eddsa);

    public final Members members;
    public final Limiter limiter;
    public final Secret secret;

    public World(Path folder) {
        this(folder, CryptoProviders.choose());
    }

    public World(Path folder, CryptoProviders crypto) {
        custody = Custody.open(folder.resolve(Custody.FILE), true, random);
        keys = new Keys(store, custody, crypto, random, clock);
        keys.start(started);
        formats = new TokenFormats(keys, clock, 1000);
        minter = new Minter(formats, keys, new Subjects(custody.subjects()), clock, random);
        Prover prover = new Prover(facts, custody.checkKeys(), custody.pepper(), formats, new Misses(() -> 0, random));
        Verifier verifier = new Verifier(prover, facts, clock);
        limiter = new Limiter(new Buckets(8, 8, () -> 0, new Random(1)));
        Issuer issuer = new Issuer(verifier, minter, facts, () -> 0, limiter);
        TokenWitness witness = new TokenWitness() {
            @Override
            public void issued(HttpFacts http, Api api, Id credential) {
                witnessed.add("issued " + api.name() + " " + credential);
            }

            @Override
            public void secretFromPage(HttpFacts http, Api api, Id credential) {
                witnessed.add("secret from page " + api.name() + " " + credential);
            }

            @Override
            public void domainKeyFromProgram(HttpFacts http, Api api, Id credential) {}

            @Override
            public void refused(HttpFacts http, Api api, Refusal refusal) {
                witnessed.add("refused " + api.name() + " " + refusal.reason());
            }
        };
        MemoryStore memory = new MemoryStore(_ -> new byte[32], random);
        GrantStore grants = memory.grants();
        RefreshTokens refreshTokens = new RefreshTokens(custody.pepper());
        clients = new Clients(verifier, facts);
        refreshes = new RefreshQuestions(verifier, grants, refreshTokens, clock);
        AssertionStore uses = (application, jti, until, at) -> {
            if (usesDown) {
                throw new FactsUnavailable("down");
            }
            return memory.assertions().use(application, jti, until, at);
        };
        signers = new AssertedClients(verifier, new KnownKeys(crypto, KeyFetch.NONE, clock), uses, clock);
        Holders holders = new Holders(crypto, memory.proofs(), custody.pepper(), clock);
        endpoint = new TokenEndpoint(
                issuer,
                signers,
                new OnGrants(
                        clients,
                        issuer,
                        new IdTokens(keys, clock),
                        witness,
                        new CodeGrant(grants, custody.pepper(), clock),
                        new DeviceGrant(memory.devices(), grants, new DeviceCodes(custody.pepper(), random), clock),
                        new RefreshGrant(grants, refreshTokens, clock),
                        holders,
                        memory.users(),
                        new Subjects(custody.subjects())),
                new BearerGrant(verifier, clients, new KnownKeys(crypto, KeyFetch.NONE, clock), uses, clock),
                new IdTokenExchange(clients, issuer, new IdTokens(keys, clock), grants, clock),
                holders,
                witness);
        Id role = id(Kind.ROLE);
        Application application = new Application(
                id(Kind.APPLICATION), customer.id(), "shop-backend", "Shop", Optional.of(role), Standing.FRESH, now);
        Id credential = id(Kind.CREDENTIAL);
        KeyString key = KeyString.draw(CredentialKind.SECRET, "live", credential, custody.checkKeys(), random);
        secret = key.text();
        Rights rights = new Rights(
                Map.of(sealed.id(), READ, es256.id(), READ, rs256.id(), READ, ps256.id(), READ, eddsa.id(), READ));
        members = new Members(
                new Credential(
                        credential,
                        application.id(),
                        customer.id(),
                        CredentialKind.SECRET,
                        "secret",
                        key.hint(),
                        custody.pepper().digest(secret),
                        new Reach.WholeRole(),
                        Restrictions.NONE,
                        Standing.FRESH,
                        now),
                application,
                Optional.of(new Role(role, customer.id(), "reader", rights, false, 0)),
                List.of(customer, root));
        put(members);
    }

    public void put(Members changed) {
        facts.members.put(changed.credential().id(), changed);
        facts.secrets.put(
                changed.holder().publicName(), List.of(changed.credential().id()));
    }

    public Id id(Kind kind) {
        return Id.random(kind, random);
    }

    private Api api(String name, TokenFormat format, SigningAlgorithm algorithm) {
        Catalogue.Entry entry = new Catalogue.Entry("", Scopes.NONE);
        return new Api(
                id(Kind.API),
                root.id(),
                name,
                "https://api.example.com/" + name,
                "https://auth.example.com/" + name,
                Optional.of("public"),
                Set.of(),
                Optional.empty(),
                new TokenPolicy(format, algorithm, Duration.ofMinutes(15)),
                Optional.empty(),
                Catalogue.of(Map.of("orders:read", entry, "orders:write", entry, Subject.SCOPE, entry))
                        .with(Map.of(
                                Payments.TYPE,
                                Payments.type(Optional.of("orders:read")),
                                "erasure",
                                Payments.type(Optional.of("orders:write")))),
                List.of(),
                RouteTable.of(List.of()),
                1);
    }

    public static Api with(Api api, TokenPolicy tokens) {
        return api.with(tokens);
    }

    public static Api named(Api api, String audience, String issuer) {
        return new Api(
                api.id(),
                api.organization(),
                api.name(),
                audience,
                issuer,
                api.listener(),
                api.hosts(),
                api.keyHeader(),
                api.tokens(),
                api.upstream(),
                api.catalogue(),
                api.routes(),
                api.table(),
                api.version());
    }

    public Verdict.Allowed allowed(Api api) {
        return allowed(api, READ);
    }

    public Verdict.Allowed allowed(Api api, Scopes scopes) {
        return new Verdict.Allowed(
                new Facts.Direct(api, members),
                scopes,
                new Lineage(
                        customer.id(),
                        members.holder().id(),
                        members.credential().id(),
                        new Generations(3, 1L << 32, 0, 70_000)));
    }

    /// What a user may do who is a member where the application is.
    public Verdict.Allowed allowedUser(Api api, String username) {
        Id user = id(Kind.USER);
        Membership membership =
                new Membership(id(Kind.MEMBERSHIP), user, customer.id(), Optional.empty(), Standing.FRESH, now);
        Person person = new Person(user, username, Standing.FRESH, membership, List.of(root));
        Members acting = new Members(members.credential(), person, members.role(), members.chain());
        return new Verdict.Allowed(
                new Facts.Direct(api, acting),
                READ,
                new Lineage(customer.id(), person.id(), members.credential().id(), new Generations(3, 1, 0, 70_000)));
    }

    public Minted.Token token(Api api) {
        minter.ensureKey(api);
        return (Minted.Token) minter.mint(allowed(api));
    }

    public String text(Api api) {
        return token(api).text().reveal();
    }

    public static HttpFacts http(String method, Optional<String> query, List<Header> headers, byte[] body) {
        return new HttpFacts(
                "r1",
                "public",
                true,
                method,
                "api.example.com",
                "/oauth2/token",
                query,
                headers,
                Bytes.of(body),
                InetAddress.getLoopbackAddress(),
                0);
    }

    public static HttpFacts post(List<Header> headers, String body) {
        return http("POST", Optional.empty(), headers, body.getBytes(StandardCharsets.ISO_8859_1));
    }
}
