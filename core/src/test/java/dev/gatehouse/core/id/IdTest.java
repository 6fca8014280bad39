package dev.gatehouse.core.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTest {
    @Test
    void everyIdReadsBackFromItsOneSpelling() {
        Random random = new Random(3);
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < 1000; i++) {
                Id id = Id.random(kind, random);
                assertThat(Id.parse(id.text())).hasValue(id);
                assertThat(Id.parse(Kind.ORGANIZATION, id.text()).isPresent()).isEqualTo(kind == Kind.ORGANIZATION);
            }
        }
        assertThat(Id.parse(new Id(Kind.API, -1).text())).hasValue(new Id(Kind.API, -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "org",
                "org_",
                "_0000000000000",
                "org_000000000000",
                "org_00000000000000",
                "org_g000000000000",
                "org_000000000000O",
                "org_000000000000l",
                "ORG_0000000000001",
                "org_0000000000001 ",
                "xyz_0000000000001",
                "org_000000000000\u0661",
                "org-0000000000001",
                "org_00000000000'1"
            })
    void otherSpellingsAreNotIds(String text) {
        assertThat(Id.parse(text)).isEmpty();
    }
}
