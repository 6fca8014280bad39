package dev.gatehouse.cli.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.client.Json;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is sent of access where a server has entries that no file can say.
class AccessBodyTest {
    private static final Map<Key, String> IDS = Map.of(
            new Key.Organization(OrganizationPath.TOP), "own",
            new Key.Application(OrganizationPath.TOP, "shop"), "shop-id",
            new Key.Application(OrganizationPath.TOP, "till"), "till-id",
            new Key.Role(OrganizationPath.TOP, "reader"), "reader-id");

    private static String body(String spec, String shown) {
        return AccessShape.body(object(spec), object(shown), IDS::get, Set.copyOf(IDS.values()))
                .compact();
    }

    private static Json.Obj object(String access) {
        return (Json.Obj) Json.parse("{\"access\":" + access.replace('\'', '"') + "}");
    }

    private static String text(String access) {
        return object(access).compact();
    }

    @Test
    void aFilesEntryTakesThePlaceOfWhatItsSayerSaidOfTheApplication() {
        assertThat(body(
                        "[{'application':'shop','of':'/','by':'/'}]",
                        "[{'application':'shop-id','role':'unseen','by':'own'},"
                                + "{'application':'shop-id','role':'unseen','by':'above'}]"))
                .isEqualTo(text("[{'application':'shop-id','by':'own'},"
                        + "{'application':'shop-id','role':'unseen','by':'above'}]"));
    }

    /// A neighbour's change does not make it the caller's.
    @Test
    void whatNobodyIsKnownToHaveSaidIsSentAsItIs() {
        String reader = "{'name':'reader','organization':'/'}";
        assertThat(body(
                        "[{'application':'shop','of':'/','role':" + reader + ",'by':'/'},"
                                + "{'application':'till','of':'/','by':'/'}]",
                        "[{'application':'shop-id','role':'reader-id'}]"))
                .isEqualTo(text("[{'application':'shop-id','role':'reader-id'},{'application':'till-id','by':'own'}]"));
        assertThat(body("[{'application':'shop','of':'/','by':'/'}]", "[{'application':'shop-id','role':'reader-id'}]"))
                .as("changed, it is the caller's")
                .isEqualTo(text("[{'application':'shop-id','by':'own'}]"));
    }
}
