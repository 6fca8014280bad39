package dev.gatehouse.testkit.contract;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.ProviderMethod;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Link;
import dev.gatehouse.core.store.IdentityStore.Step;
import dev.gatehouse.core.store.IdentityStore.Trip;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What contracts of identities put into a store: providers, links with their credentials, trips.
final class IdentityNouns {
    private final Nouns nouns;
    private final Supplier<Digest> digests;

    /// @param digests draws tickets
    IdentityNouns(Nouns nouns, Supplier<Digest> digests) {
        this.nouns = nouns;
        this.digests = digests;
    }

    /// One that is not stored yet.
    Held held(String name, boolean active, long version) {
        return new Held(
                new IdentityProvider(
                        nouns.id(Kind.IDENTITY_PROVIDER),
                        name,
                        "Sign in \u00e7",
                        "https://" + name + ".example",
                        "client \t 1",
                        ProviderMethod.SECRET_POST,
                        List.of("profile", "email"),
                        Stream.generate(() -> nouns.id(Kind.API)).limit(2).collect(Collectors.toSet()),
                        Restriction.unrestricted(),
                        Optional.empty(),
                        Set.of("mfa", "urn:x"),
                        active,
                        Nouns.NOW,
                        version),
                Optional.of(Encrypted.of(new byte[] {1, 2})),
                3);
    }

    /// Another one that is like it but for its name and its issuer.
    Held named(IdentityProvider like, String name, String issuer) {
        Held held = held("x", true, 0);
        IdentityProvider it = held.provider();
        return new Held(
                new IdentityProvider(
                        it.id(),
                        name,
                        like.title(),
                        issuer,
                        like.clientId(),
                        like.method(),
                        like.scopes(),
                        like.apis(),
                        like.organizations(),
                        like.joining(),
                        like.trusted(),
                        true,
                        like.createdAt(),
                        0),
                held.secret(),
                0);
    }

    /// One that replaces it, with other words and nothing secret, which lets in whom it let in.
    static Held like(Held of, boolean active) {
        IdentityProvider it = of.provider();
        return new Held(
                new IdentityProvider(
                        it.id(),
                        it.name(),
                        "Other",
                        it.issuer(),
                        "other",
                        ProviderMethod.PRIVATE_KEY_JWT,
                        List.of(),
                        it.apis(),
                        it.organizations(),
                        it.joining(),
                        it.trusted(),
                        active,
                        it.createdAt(),
                        it.version()),
                Optional.empty(),
                of.number() + 1);
    }

    /// One that lets in others or believes other things.
    static Held with(Held of, Set<Id> apis, Restriction<Id> organizations, Set<String> trusted) {
        IdentityProvider it = of.provider();
        return new Held(
                new IdentityProvider(
                        it.id(),
                        it.name(),
                        it.title(),
                        it.issuer(),
                        it.clientId(),
                        it.method(),
                        it.scopes(),
                        apis,
                        organizations,
                        it.joining(),
                        trusted,
                        it.active(),
                        it.createdAt(),
                        it.version()),
                of.secret(),
                of.number());
    }

    Credential credential(User user) {
        return new Credential(
                nouns.id(Kind.CREDENTIAL),
                user.id(),
                user.organization(),
                CredentialKind.IDENTITY,
                "identity",
                "",
                digests.get(),
                new Reach.WholeRole(),
                Restrictions.NONE,
                Standing.FRESH,
                Nouns.NOW);
    }

    static Link link(Held at, Credential credential, String subject) {
        return new Link(credential.id(), credential.holder(), at.provider().id(), subject, Nouns.NOW);
    }

    /// @param who is signed in, or is asked to confirm
    Trip trip(Held at, Step step, Optional<GrantFixture.Somebody> who) {
        return new Trip(
                digests.get(),
                step,
                at.provider().id(),
                nouns.id(Kind.API),
                who.map(GrantFixture.Somebody::login),
                who.map(one -> one.user().id()),
                step == Step.CONFIRM ? Optional.of("s") : Optional.empty(),
                step == Step.SIGN_IN ? Optional.of("ask~1") : Optional.empty(),
                step == Step.SIGN_IN ? Optional.of(0L) : Optional.empty(),
                Nouns.NOW,
                Nouns.NOW.plus(Duration.ofMinutes(10)));
    }
}
