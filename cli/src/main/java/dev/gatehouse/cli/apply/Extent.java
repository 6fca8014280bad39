package dev.gatehouse.cli.apply;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How far a look at a server goes.
sealed interface Extent {
    /// All that the caller may see, but of the customers, of which there may be any number, only these keys.
    record All(Set<Key> keys) implements Extent {}

    /// The organizations of these keys and those above them, and the credentials of the applications among them.
    record Of(Set<OrganizationPath> organizations, Set<Key> keys) implements Extent {
        static Of keys(Set<Key> keys) {
            Set<OrganizationPath> organizations = new HashSet<>();
            for (Key key : keys) {
                switch (key) {
                    case Key.Api _ -> {}
                    case Key.Organization(OrganizationPath path) -> organizations.addAll(path.upwards());
                    case Key.Role(OrganizationPath path, String _) -> organizations.addAll(path.upwards());
                    case Key.Application(OrganizationPath path, String _) -> organizations.addAll(path.upwards());
                    case Key.Customer(OrganizationPath path, String _) -> organizations.addAll(path.upwards());
                    case Key.Credential(Key.Application application, String _) ->
                        organizations.addAll(application.organization().upwards());
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

    default boolean enters(Key.Application application) {
        return switch (this) {
            case All _ -> true;
            case Of(Set<OrganizationPath> _, Set<Key> keys) -> keys.contains(application);
        };
    }

    /// The customers of an organization that are looked for.
    default List<Key.Customer> customers(OrganizationPath organization) {
        Set<Key> keys = switch (this) {
            case All(Set<Key> all) -> all;
            case Of(Set<OrganizationPath> _, Set<Key> all) -> all;
        };
        return keys.stream()
                .filter(Key.Customer.class::isInstance)
                .map(Key.Customer.class::cast)
                .filter(customer -> customer.organization().equals(organization))
                .sorted(Comparator.comparing(Key.Customer::name))
                .toList();
    }
}
