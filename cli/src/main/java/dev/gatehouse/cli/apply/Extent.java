package dev.gatehouse.cli.apply;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// How far a look at a server goes.
sealed interface Extent {
    /// All that the caller may see, but of the customers, of which there may be any number, only these keys.
    ///
    /// @param people whether users and memberships are looked at that are none of these keys
    record All(Set<Key> keys, boolean people) implements Extent {}

    /// The organizations of these keys and those above them, and the credentials of the applications and
    /// members among them.
    record Of(Set<OrganizationPath> organizations, Set<Key> keys) implements Extent {
        /// @param named organizations that these refer to
        static Of keys(Set<Key> keys, Set<OrganizationPath> named) {
            Set<OrganizationPath> organizations = new HashSet<>();
            named.forEach(path -> organizations.addAll(path.upwards()));
            for (Key key : keys) {
                switch (key) {
                    case Key.Api _, Key.Provider _ -> {}
                    case Key.Organization(OrganizationPath path) -> organizations.addAll(path.upwards());
                    case Key.Role(OrganizationPath path, String _) -> organizations.addAll(path.upwards());
                    case Key.Application(OrganizationPath path, String _) -> organizations.addAll(path.upwards());
                    case Key.Customer(OrganizationPath path, String _) -> organizations.addAll(path.upwards());
                    case Key.User(OrganizationPath path, String _) -> organizations.addAll(path.upwards());
                    case Key.Membership(OrganizationPath path, Key.User user) -> {
                        organizations.addAll(path.upwards());
                        organizations.addAll(user.organization().upwards());
                    }
                    case Key.Credential(Key.Holder holder, String _) ->
                        organizations.addAll(holder.organization().upwards());
                }
            }
            return new Of(Set.copyOf(organizations), Set.copyOf(keys));
        }
    }

    default boolean enters(OrganizationPath organization) {
        return switch (this) {
            case All _ -> true;
            case Of(Set<OrganizationPath> organizations, Set<Key> _) -> organizations.contains(organization);
        };
    }

    default boolean enters(Key.Holder holder) {
        return switch (this) {
            case All _ -> true;
            case Of(Set<OrganizationPath> _, Set<Key> keys) -> keys.contains(holder);
        };
    }

    /// The customers of an organization that are looked for.
    default List<Key.Customer> customers(OrganizationPath organization) {
        return keys().stream()
                .filter(Key.Customer.class::isInstance)
                .map(Key.Customer.class::cast)
                .filter(customer -> customer.organization().equals(organization))
                .sorted(Comparator.comparing(Key.Customer::name))
                .toList();
    }

    /// The users of a home that are looked for, those of memberships too.
    default List<Key.User> users(OrganizationPath home) {
        return keys().stream()
                .flatMap(key -> switch (key) {
                    case Key.User user -> Stream.of(user);
                    case Key.Membership membership -> Stream.of(membership.user());
                    case Key.Api _,
                            Key.Provider _,
                            Key.Organization _,
                            Key.Role _,
                            Key.Application _,
                            Key.Credential _,
                            Key.Customer _ -> Stream.<Key.User>of();
                })
                .filter(user -> user.organization().equals(home))
                .distinct()
                .sorted(Comparator.comparing(Key.User::name))
                .toList();
    }

    /// The memberships that are looked for.
    default List<Key.Membership> memberships() {
        return keys().stream()
                .filter(Key.Membership.class::isInstance)
                .map(Key.Membership.class::cast)
                .sorted(Comparator.comparing(Key.Membership::organization).thenComparing(Key.Membership::name))
                .toList();
    }

    /// Whether all users and memberships are looked at.
    default boolean everybody() {
        return this instanceof All(Set<Key> _, boolean people) && people;
    }

    /// What it names.
    Set<Key> keys();
}
