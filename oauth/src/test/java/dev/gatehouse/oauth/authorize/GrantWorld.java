package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.RouteTable;
import dev.gatehouse.core.api.TokenFormat;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
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
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.SigningAlgorithm;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.SessionStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.oauth.client.KeyFetch;
import dev.gatehouse.oauth.client.KnownKeys;
import dev.gatehouse.oauth.client.RequestReferences;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.oauth.endpoint.AssertedClients;
import dev.gatehouse.oauth.endpoint.BearerGrant;
import dev.gatehouse.oauth.endpoint.ClientCheck;
import dev.gatehouse.oauth.endpoint.Clients;
import dev.gatehouse.oauth.endpoint.CodeGrant;
import dev.gatehouse.oauth.endpoint.DeviceCodes;
import dev.gatehouse.oauth.endpoint.DeviceGrant;
import dev.gatehouse.oauth.endpoint.IdTokenExchange;
import dev.gatehouse.oauth.endpoint.ImplicitTokens;
import dev.gatehouse.oauth.endpoint.IntrospectionEndpoint;
import dev.gatehouse.oauth.endpoint.OnGrants;
import dev.gatehouse.oauth.endpoint.RefreshGrant;
import dev.gatehouse.oauth.endpoint.RefreshQuestions;
import dev.gatehouse.oauth.endpoint.RevocationEndpoint;
import dev.gatehouse.oauth.endpoint.TokenEndpoint;
import dev.gatehouse.oauth.endpoint.TokenWitness;
import dev.gatehouse.oauth.endpoint.UserInfoEndpoint;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.token.ClientJwts;
import dev.gatehouse.oauth.token.IdTokens;
import dev.gatehouse.oauth.token.Issuer;
import dev.gatehouse.oauth.token.Minter;
import dev.gatehouse.oauth.token.RefreshTokens;
import dev.gatehouse.oauth.token.Subjects;
import dev.gatehouse.oauth.token.TokenFormats;
import dev.gatehouse.testkit.Payments;
import dev.gatehouse.testkit.TestClock;
import dev.gatehouse.testkit.contract.Nouns;
import dev.gatehouse.testkit.memory.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// An OpenID provider with two organizations, two users and four clients, over a store in memory.
final class GrantWorld {
    static final String CALLBACK = "https://app.example.com/cb";
    static final String BYE = "https://app.example.com/bye";
    static final Scopes USERS = Scopes.of("orders:read", "orders:write");
    static final Scopes CLIENTS =
            Scopes.of("openid", "profile", "email", "offline_access", "orders:read", "orders:delete");

    final TestClock clock = new TestClock(Nouns.NOW);
    final SecureRandom random = new SecureRandom();
    final Nouns nouns = new Nouns(6);
    final Act act = nouns.act();
    final MemoryStore store = new MemoryStore(_ -> new byte[32], random);
    final Custody custody;
    final Keys keys;
    final Api api;
    final Api sealed;
    final Organization shop;
    final User alice;
    final Membership aliceAtShop;
    final Credential password;
    final SignedIn signedIn;
    final Application confidential;
    final Application lenient;
    final Application open;
    final Application foreign;
    final Role apps;
    final Secret secret;
    final Secret lenientSecret;
    final List<String> refused = new ArrayList<>();
    boolean rotates = true;

    /// Whether people have a second thing to prove themselves by.
    boolean able = true;
    Function<Id, Optional<GrantStore.Asked>> asked;
    KeyFetch away = KeyFetch.NONE;
    RequestReferences.Fetch requests = _ -> new RequestReferences.Got.Nothing("nothing is there");

    final AuthorizeEndpoint authorize;
    final PushedRequestEndpoint pushed;
    final LogoutEndpoint logout;
    final TokenEndpoint tokens;
    final IntrospectionEndpoint introspection;
    final RevocationEndpoint revocation;
    final UserInfoEndpoint userInfo;
    final Verifier verifier;

    GrantWorld(Path folder) {
        custody = Custody.open(folder.resolve(Custody.FILE), true, random);
        done(store.install(nouns.installation(), act));
        Id root = store.members().root().orElseThrow().id();
        shop = done(store.members().add(nouns.organization(root, "Shop"), act));
        Organization other = done(store.members().add(nouns.organization(root, "Other"), act));
        api = done(store.apis().add(api(root, "accounts", TokenFormat.JWT), act));
        sealed = done(store.apis().add(api(root, "sealed", TokenFormat.SEALED), act));
        Role people = role(root, "people", USERS);
        apps = role(root, "apps", CLIENTS);
        alice = done(store.users().add(nouns.user(shop.id(), "alice"), act));
        Membership member = nouns.membership(alice.id(), shop.id());
        aliceAtShop = done(store.users()
                .add(
                        new Membership(
                                member.id(),
                                alice.id(),
                                shop.id(),
                                Optional.of(people.id()),
                                Standing.FRESH,
                                Nouns.NOW),
                        act));
        password = done(store.users().setPassword(nouns.password(alice), act));
        signedIn = signIn();
        confidential = application("conf", root, apps, terms(ClientMethod.SECRET_POST, true));
        lenient = application("lenient", root, apps, terms(ClientMethod.SECRET_BASIC, false));
        open = application("open", shop.id(), apps, terms(ClientMethod.NONE, true));
        foreign = application("foreign", other.id(), apps, terms(ClientMethod.NONE, true));
        secret = secret(confidential);
        lenientSecret = secret(lenient);

        keys = new Keys(store.keys(), custody, CryptoProviders.choose(), random, clock);
        store.onKeysChanged(keys::changed);
        keys.start(List.of(api));
        TokenFormats formats = new TokenFormats(keys, clock, 100);
        Prover prover =
                new Prover(store.facts(), custody.checkKeys(), custody.pepper(), formats, new Misses(() -> 0, random));
        verifier = new Verifier(prover, store.facts(), clock);
        Limiter limiter = new Limiter(new Buckets(8, 8, clock, random));
        Subjects subjects = new Subjects(custody.subjects());
        Issuer issuer =
                new Issuer(verifier, new Minter(formats, keys, subjects, clock, random), store.facts(), clock, limiter);
        IdTokens idTokens = new IdTokens(keys, clock);
        RefreshTokens refreshTokens = new RefreshTokens(custody.pepper());
        Clients clients = new Clients(verifier, store.facts());
        RefreshQuestions questions = new RefreshQuestions(verifier, store.grants(), refreshTokens, clock);
        TokenWitness witness = witness();
        KnownKeys known = new KnownKeys(CryptoProviders.choose(), uri -> away.fetch(uri), clock);
        AssertedClients signers = new AssertedClients(verifier, known, store.assertions(), clock);
        RequestObjects objects = new RequestObjects(
                verifier, known, new RequestReferences(uri -> requests.fetch(uri), clock), limiter, clock);
        Holders holders = new Holders(CryptoProviders.choose(), store.proofs(), custody.pepper(), clock);
        tokens = new TokenEndpoint(
                issuer,
                signers,
                new OnGrants(
                        clients,
                        issuer,
                        idTokens,
                        witness,
                        new CodeGrant(store.grants(), custody.pepper(), clock),
                        new DeviceGrant(
                                store.devices(), store.grants(), new DeviceCodes(custody.pepper(), random), clock),
                        new RefreshGrant(rotating(store.grants()), refreshTokens, clock),
                        holders,
                        store.users(),
                        subjects),
                new BearerGrant(verifier, clients, known, store.assertions(), clock),
                new IdTokenExchange(clients, issuer, idTokens, store.grants(), clock),
                holders,
                witness);
        introspection = new IntrospectionEndpoint(
                verifier, signers, store.facts(), questions, limiter, new ClientJwts(keys), subjects, clock);
        revocation = new RevocationEndpoint(verifier, formats, store.tokens(), clients, signers, questions, clock);
        userInfo = new UserInfoEndpoint(
                verifier,
                store.users(),
                limiter,
                holders,
                new ClientJwts(keys),
                remembering(store.grants()),
                subjects,
                clock);
        pushed = new PushedRequestEndpoint(
                new ClientCheck(clients, signers),
                clients,
                store.pushedRequests(),
                objects,
                custody.pepper(),
                limiter,
                holders,
                witness,
                clock,
                random);
        authorize = new AuthorizeEndpoint(
                clients,
                verifier,
                store.sessions(),
                store.grants(),
                keys,
                idTokens,
                new Codes(store.grants(), custody.pepper(), clock, random),
                new ImplicitTokens(issuer, idTokens, store.users(), subjects, witness),
                store.pushedRequests(),
                objects,
                custody.pepper(),
                subjects,
                (_, _) -> able,
                clock,
                random);
        logout = new LogoutEndpoint(clients, idTokens, keys, clock);
    }

    /// These; no token is rotated while the test takes the database away.
    private GrantStore rotating(GrantStore grants) {
        return (GrantStore) Proxy.newProxyInstance(
                GrantStore.class.getClassLoader(), new Class<?>[] {GrantStore.class}, (_, method, arguments) -> {
                    if (!rotates && method.getName().equals("rotate")) {
                        throw new FactsUnavailable("the test took the database away");
                    }
                    try {
                        return method.invoke(grants, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /// These; what clients asked to be told is what the test says.
    private GrantStore remembering(GrantStore grants) {
        asked = grants::asked;
        return (GrantStore) Proxy.newProxyInstance(
                GrantStore.class.getClassLoader(), new Class<?>[] {GrantStore.class}, (_, method, arguments) -> {
                    try {
                        return method.getName().equals("asked")
                                ? asked.apply((Id) arguments[0])
                                : method.invoke(grants, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private TokenWitness witness() {
        return new TokenWitness() {
            @Override
            public void issued(HttpFacts http, Api api, Id credential) {}

            @Override
            public void domainKeyFromProgram(HttpFacts http, Api api, Id credential) {}

            @Override
            public void secretFromPage(HttpFacts http, Api api, Id credential) {}

            @Override
            public void refused(HttpFacts http, Api api, Refusal refusal) {
                refused.add(refusal.reason());
            }
        };
    }

    static ClientTerms terms(ClientMethod method, boolean pkce) {
        return new ClientTerms(
                method,
                Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN),
                List.of(uri(CALLBACK), uri("http://127.0.0.1/cb"), uri("com.example.app:/cb")),
                List.of(uri(BYE)),
                pkce);
    }

    static RedirectUri uri(String text) {
        return RedirectUri.parse(text).orElseThrow();
    }

    static <T> T done(Stored<T> stored) {
        if (stored instanceof Stored.Done<T>(T value, var _)) {
            return value;
        }
        throw new AssertionError("not done: " + stored);
    }

    private Role role(Id organization, String name, Scopes scopes) {
        Rights rights = new Rights(Map.of(api.id(), scopes, sealed.id(), scopes));
        return done(store.apis().add(new Role(nouns.id(Kind.ROLE), organization, name, rights, false, 0), act));
    }

    private static Api api(Id root, String name, TokenFormat format) {
        Map<String, Catalogue.Entry> scopes = new LinkedHashMap<>();
        for (String scope : List.of(
                "openid", "profile", "email", "offline_access", "orders:read", "orders:write", "orders:delete")) {
            scopes.put(scope, new Catalogue.Entry("what " + scope + " says", Scopes.NONE));
        }
        return new Api(
                Id.random(Kind.API, new SecureRandom()),
                root,
                name,
                "https://" + name + ".example.com",
                "https://login.example.com/" + name,
                Optional.of(name),
                Set.of(),
                Optional.empty(),
                new TokenPolicy(format, SigningAlgorithm.ES256, Duration.ofMinutes(15)),
                Optional.empty(),
                Catalogue.of(scopes)
                        .with(Map.of(
                                Payments.TYPE,
                                Payments.type(Optional.of("orders:read")),
                                "erasure",
                                Payments.type(Optional.of("orders:delete")))),
                List.of(),
                RouteTable.of(List.of()),
                0);
    }

    Application application(String clientId, Id organization, Role role, ClientTerms terms) {
        return done(store.members()
                .add(
                        new Application(
                                nouns.id(Kind.APPLICATION),
                                organization,
                                clientId,
                                "App " + clientId,
                                Optional.of(role.id()),
                                terms,
                                Optional.empty(),
                                Standing.FRESH,
                                Nouns.NOW),
                        act));
    }

    Secret secret(Application application) {
        Id id = nouns.id(Kind.CREDENTIAL);
        KeyString key = KeyString.draw(CredentialKind.SECRET, "live", id, custody.checkKeys(), random);
        done(store.members()
                .add(
                        new Credential(
                                id,
                                application.id(),
                                application.organization(),
                                CredentialKind.SECRET,
                                "secret",
                                key.hint(),
                                custody.pepper().digest(key.text()),
                                new Reach.WholeRole(),
                                Restrictions.NONE,
                                Standing.FRESH,
                                Nouns.NOW),
                        act));
        return key.text();
    }

    /// Alice signs in now.
    SignedIn signIn() {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        Session session = new Session(
                nouns.id(Kind.SESSION),
                alice.id(),
                new Lineage(shop.id(), aliceAtShop.id(), password.id(), new Generations(0, 0, 0, 0)),
                clock.instant(),
                clock.instant().plus(Duration.ofDays(400)),
                Duration.ofDays(400),
                clock.instant(),
                Optional.empty(),
                Restriction.unrestricted(),
                false,
                false);
        Session opened = done(store.sessions().open(session, Digest.of(1, digest), SessionStore.Rule.MANY, act));
        return new SignedIn(alice.id(), opened.id(), clock.instant(), List.of("pwd"));
    }
}
