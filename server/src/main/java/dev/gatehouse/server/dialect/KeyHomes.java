package dev.gatehouse.server.dialect;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Slice;
import dev.gatehouse.core.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The application of an organization that has the API keys which users manage through their dialect. It is made
/// with the first of them and has the role of who made that.
final class KeyHomes {
    /// The name of that application; `<this>.<organization>` is its public id, which nobody else gives one.
    private static final String NAME = "api-keys";

    /// Of a list, in pages of the store: far more keys than forty a day make in years.
    private static final int MOST_PAGES = 64;

    private final Desk desk;

    KeyHomes(Desk desk) {
        this.desk = desk;
    }

    private MemberStore members() {
        return desk.store().members();
    }

    /// Those of its keys that are not revoked; at most [MemberStore#MAX_CREDENTIALS], past those that are.
    List<Credential> keys(Application home, Optional<String> name) {
        List<Credential> keys = new ArrayList<>();
        Optional<Id> after = Optional.empty();
        for (int page = 0; page < MOST_PAGES; page++) {
            List<Credential> items = members()
                    .credentials(home.id(), new Slice(after, 0, Slice.MAX_LIMIT, name, false))
                    .items();
            items.stream().filter(KeyHomes::managed).forEach(keys::add);
            if (items.size() < Slice.MAX_LIMIT) {
                break;
            }
            after = Optional.of(items.getLast().id());
        }
        return keys;
    }

    static boolean managed(Credential key) {
        return key.kind() == CredentialKind.API_KEY && !key.standing().revoked();
    }

    /// What all of these keys may do at most: that of their application, or the one that it is going to have.
    Optional<Role> role(Verdict.Allowed allowed, Organization place) {
        Optional<Application> home = application(place);
        return home.isEmpty()
                ? allowed.members().role()
                : home.get().role().flatMap(desk.store().apis()::role);
    }

    /// Somebody else may have the usual one from before it was reserved; then it is the next.
    private String clientId(Organization place) {
        String usual = NAME + '.' + place.id();
        boolean taken = members()
                .applicationByClientId(usual)
                .filter(one -> !one.organization().equals(place.id()))
                .isPresent();
        return taken ? usual + '.' + NAME : usual;
    }

    Optional<Application> application(Organization place) {
        return members()
                .applicationByClientId(clientId(place))
                .filter(one -> one.organization().equals(place.id()));
    }

    /// The application that has the keys.
    Optional<Application> home(Asked asked, Verdict.Allowed allowed, Organization place) {
        Optional<Application> there = application(place);
        if (there.isPresent()) {
            return there;
        }
        return Stream.of(NAME, clientId(place)) // somebody may have an application of that name
                .flatMap(name -> made(asked, allowed, place, name).stream())
                .findFirst()
                .or(() -> application(place)); // made by another request meanwhile
    }

    private Optional<Application> made(Asked asked, Verdict.Allowed allowed, Organization place, String name) {
        Application fresh = new Application(
                Id.random(Kind.APPLICATION, desk.random()),
                place.id(),
                clientId(place),
                name,
                allowed.members().role().map(Role::id),
                ClientTerms.MACHINE,
                Optional.empty(),
                Standing.FRESH,
                desk.store().clock().instant());
        return members().add(fresh, Acts.of(desk, asked.http(), allowed.members()))
                        instanceof Stored.Done<Application>(Application added, var _)
                ? Optional.of(added)
                : Optional.empty();
    }
}
