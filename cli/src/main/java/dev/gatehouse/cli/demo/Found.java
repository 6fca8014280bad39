package dev.gatehouse.cli.demo;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Api;
import dev.gatehouse.client.Application;
import dev.gatehouse.client.Credential;
import dev.gatehouse.client.Customer;
import dev.gatehouse.client.Membership;
import dev.gatehouse.client.Organization;
import dev.gatehouse.client.Page;
import dev.gatehouse.client.Role;
import dev.gatehouse.client.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/// What earlier starts have made, for any number of threads. Each list is asked for once: a start makes no two of a
/// name.
final class Found {
    private final AdminClient admin;
    private final boolean fresh;
    private final List<Api> apis;
    private final Map<String, List<Role>> roles = new ConcurrentHashMap<>();
    private final Map<String, List<Application>> applications = new ConcurrentHashMap<>();

    /// @param fresh whether this start is the first: then there is nothing, and nobody is asked
    Found(AdminClient admin, boolean fresh) {
        this.admin = admin;
        this.fresh = fresh;
        this.apis = all(admin::apis);
    }

    private <T> List<T> all(Function<Page.Ask, Page<T>> list) {
        return fresh ? List.of() : Page.all(list);
    }

    List<Api> apis() {
        return apis;
    }

    List<Organization> organizations(String parent) {
        return all(ask -> admin.organizations(Optional.of(parent), ask));
    }

    List<Customer> customers(Organization of) {
        return all(ask -> admin.customers(of.id(), ask));
    }

    List<User> users(Organization home) {
        return all(ask -> admin.users(home.id(), ask));
    }

    List<Membership> memberships(Organization of) {
        return all(ask -> admin.memberships(of.id(), ask));
    }

    List<Role> roles(String organization) {
        return roles.computeIfAbsent(organization, of -> all(ask -> admin.roles(of, ask)));
    }

    List<Application> applications(String organization) {
        return applications.computeIfAbsent(organization, of -> all(ask -> admin.applications(of, ask)));
    }

    /// An application that this start has made has none.
    List<Credential> credentials(Application of) {
        Predicate<Application> same = application -> application.id().equals(of.id());
        return applications.values().stream().flatMap(List::stream).anyMatch(same)
                ? all(ask -> admin.credentials(of.id(), ask))
                : List.of();
    }
}
