package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
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
import dev.gatehouse.core.key.KeyString;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.SecretHash;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.TokenReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/// Checks what was presented and gathers the facts behind it. It proves that a secret or token is genuine and
/// says nothing about whether it still counts: that is the decision's.
public final class Prover {
    private final FactSource facts;
    private final CheckKeys checkKeys;
    private final Pepper pepper;
    private final PersonProver people;
    private final Source memory;
    private final Source loading;
    private final Misses misses;
    private final Digest decoy;

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
        this.facts = facts;
        this.checkKeys = checkKeys;
        this.pepper = pepper;
        this.people = new PersonProver(pepper);
        this.memory = memory(facts, tokens, passwords);
        this.loading = loading(facts, tokens, passwords);
        this.misses = misses;
        this.decoy = pepper.digest(Secret.of("decoy"));
    }

    private static Source memory(FactSource facts, TokenReader tokens, Passwords passwords) {
        return new Source(
                facts::members,
                facts::members,
                facts::login,
                attempt -> recalled(passwords, attempt),
                facts::session,
                facts::subject,
                facts::secretsOf,
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
                facts::loadSecretsOf,
                facts::gather,
                tokens::readLoading,
                facts::loadOrganization);
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
            case Presented.Own own -> own(own, api, source);
            case Presented.DomainKey(Secret text) ->
                drawn(text, api, source, known -> known.credential().kind() == CredentialKind.DOMAIN_KEY);
            case Presented.Token(Secret text) -> token(text, api, source);
            case Presented.Login login -> people.login(login, api, source);
            case Presented.Session(Secret text) -> people.session(text, api, source);
            case Presented.Acting(Presented.Own own, Id customer) -> acting(own(own, api, source), customer, source);
            case Presented.Exchanging(Presented.Client client, Secret text) ->
                exchanging(client(client, api, source), text, api, source);
            case Presented.Delegating(Secret text, Id customer) ->
                delegating(token(text, api, source), customer, source);
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
                && !members.holder().called(selecting.clientId().get())) {
            return bad("the credential is another application's");
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

    private Proof own(Presented.Own own, Api api, Source source) {
        return switch (own) {
            case Presented.Key(Secret text) -> drawn(text, api, source, _ -> true);
            case Presented.Client client -> client(client, api, source);
        };
    }

    private Proof client(Presented.Client client, Api api, Source source) {
        return KeyString.formed(client.secret())
                ? drawn(client.secret(), api, source, known -> secretOf(client.clientId(), known))
                : given(client, api, source);
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

    private Proof exchanging(Proof client, Secret text, Api api, Source source) {
        if (!(client instanceof Proof.Proven(Facts proven, var _))) {
            return client;
        }
        return switch (token(text, api, source)) {
            case Proof.Cold() -> new Proof.Cold();
            case Proof.Refused _ -> new Proof.Proven(new Facts.Exchanging(api, proven.members(), Optional.empty()));
            case Proof.Proven(Facts token, var _) ->
                new Proof.Proven(new Facts.Exchanging(api, proven.members(), token.token()));
        };
    }

    /// A key or secret that Gatehouse drew names its own credential. Whether its client exists is never asked, so
    /// a wrong secret costs the same for every client and tells nothing (GAUNTLET C08, L01).
    private Proof drawn(Secret text, Api api, Source source, Predicate<Members> fits) {
        Optional<KeyString> key = KeyString.parse(text, checkKeys);
        if (key.isEmpty()) {
            return bad("not a key of ours: its form or its check is wrong");
        }
        return switch (source.members().apply(key.get().credential())) {
            case Look.Cold<Members>() -> new Proof.Cold();
            case Look.Absent<Members>() -> bad("no such credential");
            case Look.Known<Members>(Members known) ->
                proves(known, key.get().kind(), SecretHash.of(text)) && fits.test(known)
                        ? new Proof.Proven(new Facts.Direct(api, known))
                        : bad("not the secret that was issued, or another client's");
        };
    }

    private Proof token(Secret text, Api api, Source source) {
        return switch (source.tokens().apply(text, api)) {
            case TokenReader.Read.Refused(String reason) -> bad(reason);
            case TokenReader.Read.Proven(Claims claims) ->
                switch (source.acting()
                        .apply(claims.lineage().credential(), claims.lineage().member())) {
                    case Look.Cold<Members>() -> new Proof.Cold();
                    case Look.Absent<Members>() -> bad("the token's credential, or who acted by it, is gone");
                    case Look.Known<Members>(Members known) ->
                        claims.lineage()
                                .customer()
                                .map(customer -> delegated(claims, api, known, customer, source))
                                .orElseGet(() -> new Proof.Proven(derived(claims, api, known, Optional.empty())));
                };
        };
    }

    private Proof delegated(Claims claims, Api api, Members known, Id customer, Source source) {
        return switch (source.subjects().apply(customer)) {
            case Look.Cold<Subject>() -> new Proof.Cold();
            case Look.Absent<Subject>() -> bad("the token's customer is gone");
            case Look.Known<Subject>(Subject subject) ->
                new Proof.Proven(derived(claims, api, known, Optional.of(subject)));
        };
    }

    private Facts.Derived derived(Claims claims, Api api, Members known, Optional<Subject> subject) {
        boolean dead = facts.dead(claims.id());
        for (Id ancestor : claims.lineage().tokens()) {
            dead |= facts.dead(ancestor);
        }
        return new Facts.Derived(api, known, subject, claims, dead);
    }

    /// A secret that was given rather than drawn names nothing, so every secret of its client is tried. An
    /// unknown client costs a digest too and gets the same answer.
    private Proof given(Presented.Client client, Api api, Source source) {
        List<Id> candidates;
        switch (source.secretsOf().apply(client.clientId())) {
            case Look.Cold<List<Id>>() -> {
                return new Proof.Cold();
            }
            case Look.Absent<List<Id>>() -> {
                var _ = pepper.matches(decoy, client.secret());
                return bad("no such client");
            }
            case Look.Known<List<Id>>(List<Id> known) -> candidates = known;
        }
        source.gather().accept(candidates);
        SecretHash hash = SecretHash.of(client.secret());
        for (Id candidate : candidates) {
            switch (source.members().apply(candidate)) {
                case Look.Cold<Members>() -> {
                    return new Proof.Cold();
                }
                case Look.Absent<Members>() -> {}
                case Look.Known<Members>(Members known) -> {
                    if (known.holder().publicName().equals(client.clientId())
                            && proves(known, CredentialKind.SECRET, hash)) {
                        return new Proof.Proven(new Facts.Direct(api, known));
                    }
                }
            }
        }
        return bad("no live secret of this client matches");
    }

    private static Passwords.Answer recalled(Passwords passwords, Passwords.Attempt attempt) {
        return attempt.password()
                .map(password -> passwords.recall(password, attempt.presented()))
                .orElseGet(Passwords.Answer.Unknown::new);
    }

    private static boolean secretOf(String clientId, Members known) {
        return known.credential().kind() == CredentialKind.SECRET
                && known.holder().called(clientId);
    }

    private boolean proves(Members known, CredentialKind kind, SecretHash hash) {
        return known.credential().kind() == kind
                && pepper.matches(known.credential().digest(), hash);
    }

    static Proof bad(String why) {
        return new Proof.Refused(new Refusal.BadCredential(why));
    }
}
