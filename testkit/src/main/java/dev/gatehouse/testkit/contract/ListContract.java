package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Page;
import dev.gatehouse.core.store.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Lists and their parts.
public abstract class ListContract extends StoreContract {
    private MemberStore members() {
        return store().members();
    }

    private Application application(String clientId) {
        return done(members().add(nouns.application(root(), clientId), act));
    }

    private Credential credential(Application application) {
        return done(members().add(nouns.credential(application, CredentialKind.SECRET), act));
    }

    @Test
    void listsAreInUnsignedIdOrderAndPaged() {
        List<Id> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.add(done(members().add(nouns.organization(root(), "child " + i), act))
                    .id());
        }
        ids.sort(Comparator.comparing(Id::value, Long::compareUnsigned));
        assertThat(ids).anyMatch(id -> id.value() < 0).anyMatch(id -> id.value() > 0);
        List<Id> seen = new ArrayList<>();
        Page<Organization> page;
        do {
            page = members()
                    .children(
                            root(),
                            seen.isEmpty() ? Slice.first(7) : Slice.first(7).after(seen.getLast()));
            page.items().forEach(item -> seen.add(item.id()));
        } while (page.more());
        assertThat(seen).isEqualTo(ids);
        assertThat(members().applications(root(), Slice.first(10)).items()).containsExactly(installed.bootstrap());
        assertThat(members()
                        .credentials(installed.bootstrap().id(), Slice.first(10))
                        .items())
                .containsExactly(installed.key());
    }

    @Test
    void aListIsSkippedIntoAndCounted() {
        for (int i = 0; i < 8; i++) {
            done(members().add(nouns.organization(root(), "child " + i), act));
        }
        List<Organization> all = members().children(root(), Slice.first(10)).items();
        Slice third = new Slice(Optional.empty(), 6, 3, Optional.empty(), true);
        assertThat(members().children(root(), third)).isEqualTo(new Page<>(all.subList(6, 8), false, Optional.of(8L)));
        Slice second = new Slice(Optional.empty(), 3, 3, Optional.empty(), false);
        assertThat(members().children(root(), second)).isEqualTo(new Page<>(all.subList(3, 6), true));
        assertThat(members().children(root(), second.after(all.get(1).id())))
                .isEqualTo(new Page<>(all.subList(5, 8), false));
        Slice behind = new Slice(Optional.empty(), Slice.MAX_SKIP, 3, Optional.empty(), true);
        assertThat(members().children(root(), behind)).isEqualTo(new Page<>(List.of(), false, Optional.of(8L)));
        assertThat(members().children(nouns.id(Kind.ORGANIZATION), third))
                .isEqualTo(new Page<>(List.of(), false, Optional.of(0L)));
    }

    @Test
    void aListIsFilteredByTheExactName() {
        String umlaut = "B\u00e4ckerei \u4e2d\ud83d\ude00 50%_'";
        Organization child = done(members().add(nouns.organization(root(), umlaut), act));
        done(members().add(nouns.organization(root(), umlaut.toUpperCase(Locale.ROOT)), act));
        done(members().add(nouns.organization(child.id(), umlaut), act));
        assertThat(members().children(root(), named(umlaut)))
                .isEqualTo(new Page<>(List.of(child), false, Optional.of(1L)));
        for (String other : List.of("B", "%", umlaut.replace("\u00e4", "a\u0308"))) {
            assertThat(members().children(root(), named(other)))
                    .isEqualTo(new Page<>(List.of(), false, Optional.of(0L)));
        }
        Application shop = application("shop");
        application("other");
        assertThat(members()
                        .applications(shop.organization(), named(shop.name()))
                        .items())
                .containsExactly(shop);
        assertThat(store().apis().roles(root(), named("nobody")).items()).isEmpty();
        assertThat(store().apis().roles(root(), named(installed.owner().name())).items())
                .containsExactly(installed.owner());
        List<Credential> two = Stream.of(credential(shop), credential(shop))
                .sorted(Comparator.comparing(one -> one.id().value(), Long::compareUnsigned))
                .toList();
        assertThat(two.getFirst().name()).isEqualTo(two.getLast().name());
        assertThat(members().credentials(shop.id(), named(two.getFirst().name())))
                .isEqualTo(new Page<>(two, false, Optional.of(2L)));
        assertThat(members()
                        .credentials(
                                shop.id(),
                                named(two.getFirst().name())
                                        .after(two.getFirst().id())))
                .isEqualTo(new Page<>(two.subList(1, 2), false, Optional.of(2L)));
    }

    private static Slice named(String name) {
        return new Slice(Optional.empty(), 0, 10, Optional.of(name), true);
    }
}
