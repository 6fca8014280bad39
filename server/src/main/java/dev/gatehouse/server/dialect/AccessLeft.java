package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Access;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.right.Scopes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is left of an access that somebody gives, beside what others say.
final class AccessLeft {
    private final Desk desk;
    private final Map<Id, Catalogue> catalogues;

    private AccessLeft(Desk desk) {
        this.desk = desk;
        this.catalogues =
                desk.store().facts().apis().stream().collect(Collectors.toUnmodifiableMap(Api::id, Api::catalogue));
    }

    /// Whether the application may do less than what its access says of what it may do at home.
    ///
    /// @param besides what else bounds it where the access is, and others
    static boolean less(Asked asked, Access access, Stream<Access> besides) {
        List<Access> others = besides.filter(one -> one.application().equals(access.application()))
                .toList();
        if (access.role().isEmpty() || others.isEmpty()) {
            return false;
        }
        AccessLeft left = new AccessLeft(asked.desk());
        Rights given = left.of(access.role());
        Rights home = left.of(
                asked.desk().store().members().application(access.application()).flatMap(Application::role));
        Rights meant = left.both(given, home);
        return others.stream().anyMatch(one -> !meant.within(left.of(one.role()), left::catalogue));
    }

    private Rights of(Optional<Id> role) {
        return role.flatMap(desk.store().apis()::role).map(Role::rights).orElse(Rights.NONE);
    }

    private Rights both(Rights given, Rights home) {
        Map<Id, Scopes> both = new HashMap<>();
        given.byApi()
                .forEach((api, scopes) -> both.put(
                        api,
                        Scopes.of(scopes.list().stream()
                                .filter(scope -> catalogue(api).grants(home.at(api), scope))
                                .toList())));
        return new Rights(both);
    }

    private Catalogue catalogue(Id api) {
        return catalogues.getOrDefault(api, Catalogue.EMPTY);
    }
}
