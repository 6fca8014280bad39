package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Selection;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.secret.Confirmation;
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
    private final BesideProver pairs;
    private final ExchangeProver exchanges;
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
        this.pairs = new BesideProver(clients, people);
        this.exchanges = new ExchangeProver(clients, this.tokens);
        this.memory = Source.memory(facts, tokens, passwords);
        this.loading = Source.loading(facts, tokens, passwords);
        this.misses = misses;
        this.pepper = pepper;
        this.names = new PublicNames(facts, misses);
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
            case Presented.Beside beside -> pairs.beside(beside, api, source);
            case Presented.Attested attested -> ClientProver.attested(attested, api, source);
            case Presented.BelievedUser user -> pairs.believed(user, api, source);
            case Presented.Requested(String clientId, Predicate<PublicKeys> signature, Instant at) ->
                ClientProver.signed(clientId, signature, at, api, source);
            case Presented.Token(Secret text) -> Possession.held(tokens.token(text, api, source), Optional.empty());
            case Presented.Bound(Secret text, String key) ->
                Possession.held(tokens.token(text, api, source), Optional.of(Confirmation.key(key)));
            case Presented.Certified(Secret text, String certificate) ->
                Possession.unlessOf(tokens.token(text, api, source), Confirmation.certificate(certificate));
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
            case Presented.Acting acting -> exchanges.acting(acting, api, source);
            case Presented.Exchanging exchanging -> exchanges.exchanging(exchanging, api, source);
            case Presented.Delegating delegating -> exchanges.delegating(delegating, api, source);
            case Presented.Selecting selecting ->
                selecting(prove(selecting.presented(), api, source), selecting, source);
        };
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
}
