package dev.gatehouse.core.proof;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactSource.Look;
import dev.gatehouse.core.fact.Login;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Usernames;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Session;
import java.time.Duration;
import java.util.Optional;

/// Turns what a person shows into facts: a name and a password, or the string of a session.
final class PersonProver {
    private final Pepper pepper;

    PersonProver(Pepper pepper) {
        this.pepper = pepper;
    }

    /// A user's name and password. Whoever is not there, has no password, or is no member of that organization
    /// costs the same as one whose password is wrong, and is answered alike (GAUNTLET L01).
    Proof login(Presented.Login login, Api api, Source source) {
        String username = Usernames.canonical(login.username()).orElse("");
        Optional<Members> members = Optional.empty();
        switch (source.logins().apply(username)) {
            case Look.Cold<Login>() -> {
                return new Proof.Cold();
            }
            case Look.Absent<Login>() -> {}
            case Look.Known<Login>(Login known) -> {
                Optional<Id> membership = known.membership(login.organization());
                if (known.password().isPresent() && membership.isPresent()) {
                    Look<Members> found = source.acting().apply(known.password().get(), membership.get());
                    if (found instanceof Look.Cold<Members>) {
                        return new Proof.Cold();
                    }
                    members = found instanceof Look.Known<Members>(Members there) ? Optional.of(there) : members;
                }
            }
        }
        Passwords.Answer answer = source.passwords()
                .apply(new Passwords.Attempt(
                        username, login.from(), members.map(Members::credential), login.password()));
        return switch (answer) {
            case Passwords.Answer.Right() ->
                members.<Proof>map(known -> new Proof.Proven(new Facts.Direct(api, known)))
                        .orElseGet(() -> Proof.Refused.bad("no such user"));
            case Passwords.Answer.Wrong() -> Proof.Refused.bad("not the password of this user, or no such user");
            case Passwords.Answer.Unknown() -> new Proof.Cold();
            case Passwords.Answer.TooMany(Duration after) -> new Proof.Refused(new Refusal.TooMany(after));
            case Passwords.Answer.Busy(Duration after) ->
                new Proof.Refused(new Refusal.Unavailable("too many passwords at once", after));
        };
    }

    /// A user that somebody else vouches for, as a member of this organization.
    Proof named(String name, Id organization, Api api, Source source) {
        return switch (source.logins().apply(Usernames.canonical(name).orElse(""))) {
            case Look.Cold<Login>() -> new Proof.Cold();
            case Look.Absent<Login>() -> Proof.Refused.genuine("no such user");
            case Look.Known<Login>(Login known) -> {
                Optional<Id> membership = known.membership(Optional.of(organization));
                yield known.password().isPresent() && membership.isPresent()
                        ? proved(known.password().get(), membership.get(), api, source)
                        : Proof.Refused.genuine("the user is no member there, or has nothing that proves it");
            }
        };
    }

    /// Who has shown what proves it a moment ago, as everything about it is now.
    static Proof proved(Id credential, Id membership, Api api, Source source) {
        return switch (source.acting().apply(credential, membership)) {
            case Look.Cold<Members>() -> new Proof.Cold();
            case Look.Absent<Members>() -> Proof.Refused.genuine("who proved itself is gone");
            case Look.Known<Members>(Members known) -> new Proof.Proven(new Facts.Direct(api, known));
        };
    }

    /// Its string names nothing, so it is looked for under every pepper of the list. One that is in memory is
    /// found there whatever is known of the other digests.
    Proof session(Secret text, Api api, Source source) {
        boolean cold = false;
        for (Digest digest : pepper.digests(text)) {
            switch (source.sessions().apply(digest)) {
                case Look.Cold<Session>() -> cold = true;
                case Look.Absent<Session>() -> {}
                case Look.Known<Session>(Session session) -> {
                    return logged(session, api, source);
                }
            }
        }
        return cold ? new Proof.Cold() : Proof.Refused.bad("no such session");
    }

    private static Proof logged(Session session, Api api, Source source) {
        return switch (source.acting()
                .apply(session.lineage().credential(), session.lineage().member())) {
            case Look.Cold<Members>() -> new Proof.Cold();
            case Look.Absent<Members>() -> Proof.Refused.genuine("who opened the session is gone");
            case Look.Known<Members>(Members known) -> new Proof.Proven(new Facts.Logged(api, known, session));
        };
    }
}
