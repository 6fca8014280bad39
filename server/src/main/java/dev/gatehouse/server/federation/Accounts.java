package dev.gatehouse.server.federation;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Profile;
import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.IdentityStore.Found;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Link;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.federation.ExternalIdentity;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Whose account at a provider is whose here. It goes by issuer and subject alone (GAUNTLET J04): an e-mail
/// address, verified or not, leads to nobody.
///
/// @param random a secure one
public record Accounts(Store store, Pepper pepper, RandomGenerator random) {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int NAME = 12;

    /// What is taken over of somebody who comes for the first time. Whether an address was verified is not: that is
    /// ours to say to applications.
    private static final List<ProfileClaim> TAKEN =
            List.of(ProfileClaim.NAME, ProfileClaim.GIVEN_NAME, ProfileClaim.FAMILY_NAME, ProfileClaim.EMAIL);

    /// Who signs in.
    ///
    /// @param found how the link was while the provider was as it was read: what is opened counts for no other
    ///     state
    /// @param membership as which it acts: the one at home
    public record Account(Found found, Id membership) {}

    /// Whose account it is; made now where the provider's people become users. Empty for nobody, and for
    /// whoever comes by a provider that was changed since it was read.
    public Optional<Account> of(Held held, ExternalIdentity identity, String requestId) {
        IdentityProvider provider = held.provider();
        Optional<Found> found = store.identities()
                .linked(provider, identity.subject())
                .or(() -> provider.joining()
                        .filter(joining -> admits(provider, joining.organization()))
                        .flatMap(joining -> joined(provider, joining, identity, requestId)));
        return found.flatMap(one -> store.users()
                .user(one.link().user())
                .filter(user -> admits(provider, user.organization()))
                .flatMap(user -> home(user).map(membership -> new Account(one, membership))));
    }

    /// Whether the people of a provider include those at home in an organization.
    public boolean admits(IdentityProvider provider, Id organization) {
        List<Id> chain = store.members().chain(organization).stream()
                .map(Organization::id)
                .toList();
        return provider.organizations().admits(chain::contains);
    }

    private Optional<Id> home(User user) {
        return store.users().membershipsOf(user.id()).stream()
                .filter(one -> one.organization().equals(user.organization()))
                .map(Membership::id)
                .findFirst();
    }

    /// Of two that come at once with the same account one is made, and both are it.
    private Optional<Found> joined(
            IdentityProvider provider, IdentityProvider.Joining at, ExternalIdentity identity, String requestId) {
        Instant now = store.clock().instant();
        User user = new User(
                Id.random(Kind.USER, random),
                at.organization(),
                username(provider),
                profile(identity),
                Standing.FRESH,
                now);
        Membership membership = new Membership(
                Id.random(Kind.MEMBERSHIP, random),
                user.id(),
                at.organization(),
                Optional.of(at.role()),
                Standing.FRESH,
                now);
        Credential credential = credential(provider, user, identity.subject(), now);
        Link link = link(provider, credential, identity.subject(), now);
        Act act = new Act(new Act.Actor.Itself("federation"), requestId, now);
        store.identities().join(provider, link, user, membership, credential, act);
        return store.identities().linked(provider, identity.subject());
    }

    /// Drawn, not what the provider says: who chooses its name there must not take or find out names here.
    private String username(IdentityProvider provider) {
        StringBuilder name = new StringBuilder(provider.name()).append('-');
        for (int i = 0; i < NAME; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }

    private static Profile profile(ExternalIdentity identity) {
        Map<ProfileClaim, String> claims = new EnumMap<>(ProfileClaim.class);
        for (ProfileClaim claim : TAKEN) {
            identity.claim(claim.wire())
                    .filter(text -> Profile.allowed(claim, text))
                    .ifPresent(text -> claims.put(claim, text));
        }
        return new Profile(claims);
    }

    /// Links an account to a user that is signed in.
    ///
    /// @param by the session in which it is done
    public Stored<Link> link(IdentityProvider provider, User user, String subject, Id by, Act act) {
        Credential credential = credential(provider, user, subject, act.at());
        return store.identities().link(link(provider, credential, subject, act.at()), credential, by, act);
    }

    private static Link link(IdentityProvider provider, Credential credential, String subject, Instant now) {
        return new Link(credential.id(), credential.holder(), provider.id(), subject, now);
    }

    /// Whoever shows nothing but what it knows proves nothing by it: the digest only ties the row to the account.
    private Credential credential(IdentityProvider provider, User user, String subject, Instant now) {
        return new Credential(
                Id.random(Kind.CREDENTIAL, random),
                user.id(),
                user.organization(),
                CredentialKind.IDENTITY,
                provider.name(),
                "",
                pepper.digest(Secret.of(provider.issuer() + "\n" + subject)),
                new Reach.WholeRole(),
                Restrictions.NONE,
                Standing.FRESH,
                now);
    }
}
