package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Selection;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Offered;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.RefreshString;
import dev.gatehouse.core.token.Session;
import dev.gatehouse.core.token.TokenReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/// Checks what was presented and gathers the facts behind it. It proves that a secret or token is genuine and
/// says nothing about whether it still counts: that is the decision's.
public final class Prover {
    private final ClientProver clients;
    private final PersonProver people;
    private final TokenProver tokens;
    private final Source memory;
    private final Source loading;
    private final Misses misses;
    private final Pepper pepper;
    private final PublicNames names;

    /// A prover that takes no passwords.
    public Prover(FactSource facts, CheckKeys checkKeys, Pepper pepper, TokenReader tokens, Misses misses) {
        this(facts, checkKeys, pepper, tokens, Passwords.NONE, misses);
    }

    /// A prover over these facts.
    public Prover(
            FactSource facts,
            CheckKeys checkKeys,
            Pepper pepper,
            TokenReader tokens,
            Passwords passwords,
            Misses misses) {
        this.clients = new ClientProver(checkKeys, pepper);
        this.people = new PersonProver(pepper);
        this.tokens = new TokenProver(facts, tokens::marked);
        this.memory = memory(facts, tokens, passwords);
        this.loading = loading(facts, tokens, passwords);
        this.misses = misses;
        this.pepper = pepper;
        this.names = new PublicNames(facts, misses);
    }

    private static Source memory(FactSource facts, TokenReader tokens, Passwords passwords) {
        return new Source(
                facts::members,
                facts::members,
                facts::login,
                passwords::recall,
                facts::session,
                facts::subject,
                facts::actor,
                facts::credentialsOf,
                _ -> {},
                tokens::read,
                facts::organization);
    }

    private static Source loading(FactSource facts, TokenReader tokens, Passwords passwords) {
        return new Source(
                facts::load,
                facts::load,
                facts::loadLogin,
                passwords::check,
                facts::loadSession,
                facts::loadSubject,
                facts::loadActor,
                facts::loadCredentialsOf,
                facts::gather,
                tokens::readLoading,
                facts::loadOrganization);
    }

    PublicNames names() {
        return names;
    }

    /// Proves from memory only, in microseconds; `Cold` when a fact is missing.
    public Proof prove(Presented presented, Api api) {
        return prove(presented, api, memory);
    }

    /// Proves, reading the database when it must; never `Cold`. For who has made up too many names none is looked
    /// up for a while, and what is in memory is not told from what is nowhere (GAUNTLET L01).
    ///
    /// @param ask what it is shown for
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    public Proof proveLoading(Presented presented, Api api, Ask ask) {
        Duration wait = misses.wait(ask);
        if (!wait.isZero()) {
            return prove(presented, api, loading.without(memory)) instanceof Proof.Proven proven
                    ? proven
                    : new Proof.Refused(new Refusal.TooMany(wait));
        }
        AtomicBoolean missed = new AtomicBoolean();
        Proof proof = prove(presented, api, loading.telling(memory, () -> missed.set(true)));
        if (missed.get() && proof instanceof Proof.Refused) {
            misses.missed(ask);
        }
        return proof;
    }

    private Proof prove(Presented presented, Api api, Source source) {
        return switch (presented) {
            case Presented.Own own -> clients.own(own, api, source);
            case Presented.DomainKey(Secret text) -> clients.domainKey(text, api, source);
            case Presented.Asserted asserted -> ClientProver.asserted(asserted, api, source);
            case Presented.Signed signed -> ClientProver.signed(signed, api, source);
            case Presented.Beside beside -> beside(beside, api, source);
            case Presented.Attested attested -> ClientProver.attested(attested, api, source);
            case Presented.BelievedUser user -> believed(user, api, source);
            case Presented.Requested(String clientId, Predicate<PublicKeys> signature, Instant at) ->
                ClientProver.signed(clientId, signature, at, api, source);
            case Presented.Token(Secret text) -> held(tokens.token(text, api, source), Optional.empty());
            case Presented.Bound(Secret text, String key) ->
                held(tokens.token(text, api, source), Optional.of(Confirmation.key(key)));
            case Presented.Certified(Secret text, String certificate) ->
                unlessOf(tokens.token(text, api, source), Confirmation.certificate(certificate));
            case Presented.Connected connected -> ClientProver.connected(connected, api, source);
            case Presented.Questioned(Secret text) -> tokens.token(text, api, source);
            case Presented.Refreshing(Secret text) -> refreshing(text, api, source);
            case Presented.Login login -> people.login(login, api, source);
            case Presented.Proved(Id credential, Id membership) ->
                PersonProver.proved(credential, membership, api, source);
            case Presented.Session(Secret text) -> people.session(text, api, source);
            case Presented.Consenting(Session login, Id application) ->
                tokens.consenting(login, application, api, source);
            case Presented.Granted(Claims grant) -> tokens.granted(grant, api, source);
            case Presented.Acting(Presented.Own own, Id customer) ->
                acting(clients.own(own, api, source), customer, source);
            case Presented.Exchanging exchanging -> exchanging(exchanging, api, source);
            case Presented.Delegating(Secret text, Id customer) ->
                delegating(held(tokens.token(text, api, source), Optional.empty()), customer, source);
            case Presented.Selecting selecting ->
                selecting(prove(selecting.presented(), api, source), selecting, source);
        };
    }

    /// A token that is bound to a key is shown with a proof of that key, any other one with none (RFC 9449
    /// sections 7.1 and 7.2, GAUNTLET F03).
    private static Proof held(Proof token, Optional<Confirmation> key) {
        return token instanceof Proof.Proven(Facts.Derived derived, var _)
                        && !derived.claims().key().equals(key)
                ? new Proof.Refused(new Refusal.NotHolder(lacking(derived)))
                : token;
    }

    /// A token that is bound to a certificate comes over its connections, one that is bound to nothing over any
    /// (RFC 8705 section 3).
    private static Proof unlessOf(Proof token, Confirmation certificate) {
        return token instanceof Proof.Proven(Facts.Derived derived, var _)
                        && derived.claims().key().isPresent()
                ? held(token, Optional.of(certificate))
                : token;
    }

    private static Refusal.Lacking lacking(Facts.Derived derived) {
        return derived.claims()
                .key()
                .filter(bound -> bound.means() == Confirmation.Means.CERTIFICATE)
                .map(_ -> Refusal.Lacking.CERTIFICATE)
                .orElse(Refusal.Lacking.BINDING);
    }

    /// Nothing is looked up for who did not prove itself, nor for its own organization.
    private static Proof selecting(Proof proof, Presented.Selecting selecting, Source source) {
        if (!(proof instanceof Proof.Proven(Facts proven, var _))) {
            return proof;
        }
        Members members = proven.members();
        if (selecting.clientId().isPresent()
                && !called(proven, selecting.clientId().get())) {
            return Proof.Refused.genuine("the credential is another application's");
        }
        if (selecting.organization().isEmpty()) {
            return proof;
        }
        Id organization = selecting.organization().get();
        if (organization.equals(members.organization().id())) {
            return new Proof.Proven(proven, new Selection.Named(members.chain()));
        }
        return switch (source.organizations().apply(organization)) {
            case Look.Cold<List<Organization>>() -> new Proof.Cold();
            case Look.Absent<List<Organization>>() -> new Proof.Proven(proven, new Selection.Named(List.of()));
            case Look.Known<List<Organization>>(List<Organization> chain) ->
                new Proof.Proven(proven, new Selection.Named(chain));
        };
    }

    /// A token that an application has for a user goes by that application's name.
    private static boolean called(Facts proven, String name) {
        return proven.speaker()
                .map(actor -> actor.application().called(name))
                .orElseGet(() -> proven.members().holder().called(name));
    }

    /// The user's secret is not looked at for who did not prove an application.
    private Proof beside(Presented.Beside beside, Api api, Source source) {
        Proof client = clients.own(beside.client(), api, source);
        if (!(client instanceof Proof.Proven(Facts proven, var _))) {
            return client;
        }
        Optional<Actor> application = Actor.of(proven.members());
        if (application.isEmpty()) {
            return Proof.Refused.genuine("no application acts for a user by this credential");
        }
        return switch (clients.userSecret(beside.userSecret(), api, source)) {
            case Proof.Cold() -> new Proof.Cold();
            case Proof.Refused(Refusal refusal) -> new Proof.Refused(new Refusal.BadUser(refusal));
            case Proof.Proven(Facts user, var _) ->
                new Proof.Proven(new Facts.Beside(api, user.members(), application.get()));
        };
    }

    /// A user on whose password nobody insists: an issuer vouches for it that the application is believed by.
    private Proof believed(Presented.BelievedUser user, Api api, Source source) {
        Proof client = ClientProver.believed(user.client(), one -> one.subject().isEmpty(), api, source);
        if (!(client instanceof Proof.Proven(Facts proven, var _))) {
            return client;
        }
        Optional<Actor> application = Actor.of(proven.members());
        if (application.isEmpty()) {
            return Proof.Refused.genuine("no application acts for a user by this credential");
        }
        return switch (people.named(
                user.username(), proven.members().organization().id(), api, source)) {
            case Proof.Cold() -> new Proof.Cold();
            case Proof.Refused(Refusal refusal) -> new Proof.Refused(new Refusal.BadUser(refusal));
            case Proof.Proven(Facts known, var _) ->
                new Proof.Proven(new Facts.Beside(api, known.members(), application.get()));
        };
    }

    private Proof refreshing(Secret text, Api api, Source source) {
        Optional<RefreshString> shown = RefreshString.read(text, api.id(), pepper);
        if (shown.isEmpty()) {
            return Proof.Refused.bad("no refresh token of ours for this Api");
        }
        return switch (source.members().apply(shown.get().credential())) {
            case Look.Cold<Members>() -> new Proof.Cold();
            case Look.Absent<Members>() -> Proof.Refused.genuine("the refresh token's credential is gone");
            case Look.Known<Members>(Members known) -> new Proof.Proven(new Facts.Refreshing(api, known, shown.get()));
        };
    }

    /// Nothing is looked up for who did not prove itself.
    private static Proof acting(Proof own, Id customer, Source source) {
        if (!(own instanceof Proof.Proven(Facts proven, var _))) {
            return own;
        }
        return named(customer, source)
                .<Proof>map(subject -> new Proof.Proven(new Facts.Acting(proven.api(), proven.members(), subject)))
                .orElseGet(Proof.Cold::new);
    }

    private static Proof delegating(Proof token, Id customer, Source source) {
        if (!(token instanceof Proof.Proven(Facts.Derived proven, var _))) {
            return token;
        }
        return named(customer, source)
                .<Proof>map(subject -> new Proof.Proven(new Facts.Delegating(subject, proven)))
                .orElseGet(Proof.Cold::new);
    }

    /// The customer, if there is one; empty where memory does not tell.
    private static Optional<Optional<Subject>> named(Id customer, Source source) {
        return switch (source.subjects().apply(customer)) {
            case Look.Cold<Subject>() -> Optional.empty();
            case Look.Absent<Subject>() -> Optional.of(Optional.empty());
            case Look.Known<Subject>(Subject subject) -> Optional.of(Optional.of(subject));
        };
    }

    /// One that is bound to nothing may be exchanged for one that is, never the other way round. What it is
    /// bound to has to be proven, whatever else is.
    private static Proof exchanged(Proof token, Offered beside) {
        return token instanceof Proof.Proven(Facts.Derived derived, var _)
                        && derived.claims()
                                .key()
                                .filter(bound -> !beside.has(bound))
                                .isPresent()
                ? new Proof.Refused(new Refusal.NotHolder(lacking(derived)))
                : token;
    }

    private Proof exchanging(Presented.Exchanging exchanging, Api api, Source source) {
        Proof client = clients.own(exchanging.client(), api, source);
        if (!(client instanceof Proof.Proven(Facts proven, var _))) {
            return client;
        }
        return switch (exchanged(tokens.token(exchanging.token(), api, source), exchanging.beside())) {
            case Proof.Cold() -> new Proof.Cold();
            case Proof.Proven(Facts.Derived token, var _) -> exchanging(exchanging, proven, token, source);
            case Proof.Refused _, Proof.Proven _ ->
                new Proof.Proven(new Facts.Exchanging(api, proven.members(), Optional.empty()));
        };
    }

    /// A token that the very credential has for itself or its customer is narrowed; every other one is passed on.
    /// To nobody but an application: a person has no use for what came to others, nor for an `actor_token`,
    /// which is an error and nothing to overlook (RFC 8693 section 2.2.2).
    private Proof exchanging(Presented.Exchanging exchanging, Facts client, Facts.Derived token, Source source) {
        Optional<Actor> application = Actor.of(client.members());
        boolean own = token.passed().isEmpty()
                && token.claims()
                        .lineage()
                        .credential()
                        .equals(client.members().credential().id());
        boolean alone = exchanging.actor().isEmpty();
        if (application.isEmpty() && !(alone && token.passed().isEmpty())) {
            return new Proof.Proven(new Facts.Exchanging(client.api(), client.members(), Optional.empty()));
        }
        if (application.isEmpty() || (own && alone)) {
            return new Proof.Proven(new Facts.Exchanging(client.api(), client.members(), Optional.of(token)));
        }
        if (alone) {
            return new Proof.Proven(new Facts.Passing(token, application.get(), new Facts.Passing.Beside.Nothing()));
        }
        return switch (exchanged(tokens.token(exchanging.actor().get(), client.api(), source), exchanging.beside())) {
            case Proof.Cold() -> new Proof.Cold();
            case Proof.Proven(Facts.Derived actor, var _) ->
                new Proof.Proven(new Facts.Passing(token, application.get(), new Facts.Passing.Beside.Token(actor)));
            case Proof.Refused _, Proof.Proven _ ->
                new Proof.Proven(new Facts.Passing(token, application.get(), new Facts.Passing.Beside.Other()));
        };
    }
}
