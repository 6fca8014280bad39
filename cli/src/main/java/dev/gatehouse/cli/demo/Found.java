package dev.gatehouse.cli.demo;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Api;
import dev.gatehouse.client.Application;
import dev.gatehouse.client.Credential;
import dev.gatehouse.client.Page;
import dev.gatehouse.client.Role;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// What earlier starts have made, for any number of threads. Each list is asked for once: a start makes no two of a
/// name.
final class Found {
    private final AdminClient admin;
    private final List<Api> apis;
    private final Map<String, List<Role>> roles = new ConcurrentHashMap<>();
    private final Map<String, List<Application>> applications = new ConcurrentHashMap<>();

    Found(AdminClient admin) {
        this.admin = admin;
        this.apis = Page.all(admin::apis);
    }

    List<Api> apis() {
        return apis;
    }

    List<Role> roles(String organization) {
        return roles.computeIfAbsent(organization, of -> Page.all(ask -> admin.roles(of, ask)));
    }

    List<Application> applications(String organization) {
        return applications.computeIfAbsent(organization, of -> Page.all(ask -> admin.applications(of, ask)));
    }

    /// An application that this start has made has none.
    List<Credential> credentials(Application of) {
        Predicate<Application> same = application -> application.id().equals(of.id());
        return applications.values().stream().flatMap(List::stream).anyMatch(same)
                ? Page.all(ask -> admin.credentials(of.id(), ask))
                : List.of();
    }
}
