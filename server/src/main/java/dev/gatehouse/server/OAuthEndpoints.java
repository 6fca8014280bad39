package dev.gatehouse.server;

import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.authorize.Ability;
import dev.gatehouse.oauth.authorize.AuthorizeEndpoint;
import dev.gatehouse.oauth.authorize.BackchannelObjects;
import dev.gatehouse.oauth.authorize.Codes;
import dev.gatehouse.oauth.authorize.DeviceQuestions;
import dev.gatehouse.oauth.authorize.LogoutEndpoint;
import dev.gatehouse.oauth.authorize.PushedRequestEndpoint;
import dev.gatehouse.oauth.authorize.RequestObjects;
import dev.gatehouse.oauth.client.KnownKeys;
import dev.gatehouse.oauth.endpoint.AssertedClients;
import dev.gatehouse.oauth.endpoint.BackchannelEndpoint;
import dev.gatehouse.oauth.endpoint.BackchannelHints;
import dev.gatehouse.oauth.endpoint.BearerGrant;
import dev.gatehouse.oauth.endpoint.ClientCheck;
import dev.gatehouse.oauth.endpoint.Clients;
import dev.gatehouse.oauth.endpoint.CodeGrant;
import dev.gatehouse.oauth.endpoint.DeviceAuthorizationEndpoint;
import dev.gatehouse.oauth.endpoint.DeviceCodes;
import dev.gatehouse.oauth.endpoint.DeviceGrant;
import dev.gatehouse.oauth.endpoint.IdTokenExchange;
import dev.gatehouse.oauth.endpoint.ImplicitTokens;
import dev.gatehouse.oauth.endpoint.IntrospectionEndpoint;
import dev.gatehouse.oauth.endpoint.Metadata;
import dev.gatehouse.oauth.endpoint.OnGrants;
import dev.gatehouse.oauth.endpoint.ProtectedResource;
import dev.gatehouse.oauth.endpoint.RefreshGrant;
import dev.gatehouse.oauth.endpoint.RefreshQuestions;
import dev.gatehouse.oauth.endpoint.RequestDoor;
import dev.gatehouse.oauth.endpoint.RevocationEndpoint;
import dev.gatehouse.oauth.endpoint.SealedPings;
import dev.gatehouse.oauth.endpoint.TokenEndpoint;
import dev.gatehouse.oauth.endpoint.TokenWitness;
import dev.gatehouse.oauth.endpoint.UserInfoEndpoint;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.mtls.Vouching;
import dev.gatehouse.oauth.registration.ClientDocuments;
import dev.gatehouse.oauth.registration.RegistrationEndpoint;
import dev.gatehouse.oauth.token.ClientJwts;
import dev.gatehouse.oauth.token.IdTokens;
import dev.gatehouse.oauth.token.Issuer;
import dev.gatehouse.oauth.token.RefreshTokens;
import dev.gatehouse.server.cors.Cors;
import dev.gatehouse.server.gateway.Later;
import dev.gatehouse.server.gateway.Meetings;
import dev.gatehouse.server.gateway.OwnEndpoint;
import dev.gatehouse.server.http.Outcome;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The OAuth endpoints of every Api, put together. Those that need a page are for whoever has pages.
final class OAuthEndpoints {
    private final Later later;
    private final Cors cors;
    private final Meetings meetings;
    private final OnGrants onGrants;
    private final TokenEndpoint tokens;
    private final IntrospectionEndpoint introspection;
    private final RevocationEndpoint revocation;
    private final UserInfoEndpoint userInfo;
    private final PushedRequestEndpoint pushed;
    private final DeviceAuthorizationEndpoint devices;
    private final BackchannelEndpoint backchannel;
    private final DeviceQuestions deviceQuestions;
    private final RegistrationEndpoint registration;
    private final AuthorizeEndpoint authorize;
    private final LogoutEndpoint logout;

    /// @param authorities sign the certificates of clients
    OAuthEndpoints(Foundation base, Later later, Cors cors, Vouching authorities) {
        Store store = base.store();
        Verifier verifier = base.verifier();
        Issuer issuer = base.issuer();
        Keys keys = base.keys();
        Pepper pepper = base.custody().pepper();
        TokenWitness witness = base.observations();
        FactSource facts = store.facts();
        this.later = later;
        this.cors = cors;
        InstantSource clock = store.clock();
        IdTokens idTokens = new IdTokens(keys, clock);
        RefreshTokens refreshTokens = new RefreshTokens(pepper);
        ClientDocuments documents = new ClientDocuments(
                store,
                base.outbound().metadata(),
                base.outbound().sectorsOfStrangers(),
                pepper,
                base.custody().checkKeys(),
                base.limiter(),
                clock,
                base.env().random());
        Clients clients = new Clients(verifier, facts, documents);
        this.meetings = new Meetings(clients);
        RefreshQuestions questions = new RefreshQuestions(verifier, store.grants(), refreshTokens, clock);
        KnownKeys known = new KnownKeys(base.crypto(), base.outbound().keys(), clock);
        AssertedClients signers = new AssertedClients(verifier, known, store.assertions(), authorities, clock);
        RequestObjects objects =
                new RequestObjects(verifier, known, base.outbound().requests(clock), base.limiter(), clock);
        DeviceCodes codes = new DeviceCodes(pepper, base.env().random());
        this.onGrants = new OnGrants(
                clients,
                issuer,
                idTokens,
                witness,
                new CodeGrant(store.grants(), pepper, clock),
                new DeviceGrant(store.devices(), store.grants(), codes, clock),
                new RefreshGrant(store.grants(), refreshTokens, clock),
                base.holders(),
                store.users(),
                base.subjects());
        BearerGrant bearers = new BearerGrant(verifier, clients, known, store.assertions(), clock);
        this.tokens = new TokenEndpoint(
                issuer,
                signers,
                onGrants,
                bearers,
                new IdTokenExchange(clients, issuer, idTokens, store.grants(), clock),
                base.holders(),
                witness);
        ClientJwts jwts = new ClientJwts(keys);
        this.introspection = new IntrospectionEndpoint(
                verifier, signers, facts, questions, base.limiter(), jwts, base.subjects(), clock);
        this.revocation =
                new RevocationEndpoint(verifier, base.formats(), store.tokens(), clients, signers, questions, clock);
        this.userInfo = new UserInfoEndpoint(
                verifier, store.users(), base.limiter(), base.holders(), jwts, store.grants(), base.subjects(), clock);
        this.pushed = new PushedRequestEndpoint(
                new ClientCheck(clients, signers),
                clients,
                store.pushedRequests(),
                objects,
                pepper,
                base.limiter(),
                base.holders(),
                witness,
                clock,
                base.env().random());
        RequestDoor door = new RequestDoor(new ClientCheck(clients, signers), clients, base.limiter(), witness, clock);
        this.devices = new DeviceAuthorizationEndpoint(door, store.devices(), codes, clock);
        this.backchannel = new BackchannelEndpoint(
                door,
                new BackchannelObjects(objects, store.assertions(), clock),
                new BackchannelHints(facts, store.users(), idTokens),
                base.requestCodes(),
                store.devices(),
                codes,
                new SealedPings(base.custody()),
                clock);
        this.deviceQuestions = new DeviceQuestions(
                store, verifier, codes, base.limiter(), keys, base.env().random());
        this.authorize = new AuthorizeEndpoint(
                clients,
                verifier,
                store.sessions(),
                store.grants(),
                keys,
                idTokens,
                new Codes(store.grants(), pepper, clock, base.env().random()),
                new ImplicitTokens(issuer, idTokens, store.users(), base.subjects(), witness),
                store.pushedRequests(),
                objects,
                pepper,
                base.subjects(),
                Ability.of(store),
                clock,
                base.env().random());
        this.registration = new RegistrationEndpoint(
                store,
                clients,
                verifier,
                pepper,
                base.custody().checkKeys(),
                base.outbound().sectors(),
                base.limiter(),
                clock,
                base.env().random());
        this.logout = new LogoutEndpoint(clients, idTokens, keys, clock);
    }

    Meetings meetings() {
        return meetings;
    }

    OnGrants onGrants() {
        return onGrants;
    }

    AuthorizeEndpoint authorize() {
        return authorize;
    }

    DeviceQuestions devices() {
        return deviceQuestions;
    }

    LogoutEndpoint logout() {
        return logout;
    }

    Map<String, OwnEndpoint> byPath() {
        Map<String, OwnEndpoint> all = new HashMap<>(usual());
        all.put(Metadata.BACKCHANNEL_PATH, new BeginningEndpoint(later, meetings, backchannel::answer));
        return Map.copyOf(all);
    }

    private Map<String, OwnEndpoint> usual() {
        return Map.of(
                Metadata.TOKEN_PATH,
                new FormEndpoint(
                        later,
                        Outcome.Work.MINT,
                        (http, api) -> tokens.tryAnswer(http, api).map(reply -> cors.token(reply, http, api)),
                        (http, api) -> cors.token(tokens.answer(http, api), http, api)),
                Metadata.INTROSPECTION_PATH,
                new FormEndpoint(later, Outcome.Work.VERIFY, introspection::tryAnswer, introspection::answer),
                Metadata.REVOCATION_PATH,
                new FormEndpoint(
                        later,
                        Outcome.Work.REVOKE,
                        (http, api) -> revocation.tryAnswer(http, api).map(reply -> cors.revocation(reply, http, api)),
                        (http, api) -> cors.revocation(revocation.answer(http, api), http, api)),
                Metadata.USERINFO_PATH,
                new FormEndpoint(
                        later,
                        Outcome.Work.VERIFY,
                        (_, _) -> Optional.empty(),
                        (http, api) -> cors.varying(userInfo.answer(http, api), http, api)),
                Metadata.PAR_PATH,
                new BeginningEndpoint(later, meetings, (http, api) -> cors.pushed(pushed.answer(http, api), http, api)),
                Metadata.DEVICE_AUTHORIZATION_PATH,
                new BeginningEndpoint(later, meetings, devices::answer),
                Metadata.REGISTRATION_PATH,
                (_, asked) -> new Outcome.ReadBody(
                        RegistrationEndpoint.MAX_BODY,
                        http -> later.go(
                                http,
                                asked,
                                (whole, api) -> new Outcome.Block(
                                        Outcome.Work.REPLACE,
                                        () -> new Outcome.Answer(registration.answer(whole, api))))),
                Metadata.PATH,
                (head, api) -> new Outcome.Answer(Metadata.answer(head, api)),
                Metadata.OPENID_PATH,
                (head, api) -> new Outcome.Answer(Metadata.openId(head, api)),
                ProtectedResource.PATH,
                (head, api) -> new Outcome.Answer(ProtectedResource.answer(head, api)));
    }
}
