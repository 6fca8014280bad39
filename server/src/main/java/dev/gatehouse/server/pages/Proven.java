package dev.gatehouse.server.pages;

import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.PasskeyStore.Passkey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What somebody who is signing in has proven so far. A sign-in collects these; the session is opened when
/// nothing more is asked for.
///
/// @param allowed the verdict on what was shown first
/// @param methods how, in the words of RFC 8176
record Proven(Verdict.Allowed allowed, List<String> methods) {
    private static final List<String> PASSWORD = List.of("pwd");

    /// Keeps a copy.
    Proven {
        methods = List.copyOf(methods);
    }

    static Proven byPassword(Verdict.Allowed allowed) {
        return new Proven(allowed, PASSWORD);
    }

    /// By a key that a device keeps, which verified the person: in hardware, or wherever it is copied to. One
    /// that was made with a password alone proves no more than that somebody knew it.
    static Proven byPasskey(Verdict.Allowed allowed, Passkey key) {
        String kept = key.synced() ? "swk" : "hwk";
        return new Proven(allowed, key.sure() ? List.of(kept, "pop", "mfa") : List.of(kept, "pop"));
    }

    /// By a provider of others. RFC 8176 has no word for that; `user` says that it was asked of the person just
    /// now, and `mfa` that the provider asked for a second factor whose word is taken.
    static Proven byProvider(Verdict.Allowed allowed, boolean now, boolean second) {
        return new Proven(
                allowed,
                Stream.of(Optional.of("fed"), said("user", now), said("mfa", second))
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static Optional<String> said(String method, boolean so) {
        return so ? Optional.of(method) : Optional.empty();
    }

    /// With a code of an app, or of recovery, besides.
    Proven andByCode() {
        return new Proven(
                allowed,
                Stream.concat(methods.stream(), Stream.of("otp", "mfa")).toList());
    }

    Person person() {
        if (allowed.members().holder() instanceof Person person) {
            return person;
        }
        throw new IllegalStateException("what people show proved somebody who is no person");
    }

    Id user() {
        return person().user();
    }

    Act act(String requestId, Instant now) {
        return new Act(
                new Act.Actor.Member(
                        person().organization(),
                        person().who(),
                        allowed.members().credential().id()),
                requestId,
                now);
    }
}
