package dev.gatehouse.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.audit.Sealing;
import dev.gatehouse.core.http.Body;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The audit trail by the admin API: searched, exported, sealed, examined.
class AuditTest {
    @TempDir
    private static Path folder;

    private static Installed installed;

    private World world;

    @BeforeAll
    static void install() {
        installed = new Installed(folder);
        installed.keys.start(List.of());
    }

    @AfterAll
    static void close() {
        installed.close();
    }

    @BeforeEach
    void build() {
        world = new World(installed);
    }

    private Reply get(String target) {
        Reply reply = world.get(world.rootKey, target);
        assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(200);
        return reply;
    }

    private static Map<String, ?> members(Reply reply) {
        return ((Body.Json) reply.body()).members();
    }

    private static List<?> items(Reply reply) {
        return (List<?>) members(reply).get("items");
    }

    private void sealAll() {
        Sealing sealing = new Sealing(world.store.audit(), () -> World.NOW);
        while (sealing.step(payload ->
                        installed.keys.ring().auditing().orElseThrow().writer().write(payload))
                instanceof Sealing.Step.Sealed) {
            assertThat(world.store.audit().lastSeal()).isPresent();
        }
    }

    @Test
    void aSearchByEachFilterGivesWhatItSays() {
        String member = "/v1/applications/" + world.t1Shop.id();
        assertThat(world.call(world.t1Key, "POST", member + "/hold", "").status())
                .isEqualTo(200);
        String all = "/v1/audit?verb=application.hold&target=" + world.t1Shop.id() + "&organization=" + world.t1.id();
        for (String actor : List.of(
                world.t1Key.id().text(), world.t1App.id().text(), world.t1.id().text())) {
            assertThat(items(get(all + "&actor=" + actor))).hasSize(1);
        }
        assertThat(items(get(all + "&actor=" + world.t2.id()))).isEmpty();
        assertThat(items(get(all + "&from=2026-12-31T23%3A59%3A59Z&to=2027-01-01T00:00:00.000001Z")))
                .hasSize(1);
        assertThat(items(get(all + "&to=2027-01-01T00:00:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "actor=x",
                "actor=role_0000000000000",
                "organization=app_0000000000000",
                "verb=DROP",
                "target=1",
                "from=yesterday",
                "to=2027-01-01",
                "after=1",
                "limit=0",
                "format=xml",
                "verb=%4"
            })
    void aParameterThatSaysNothingIsNamed(String parameter) {
        Reply reply = world.get(world.rootKey, "/v1/audit?" + parameter);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(members(reply).get("detail").toString()).contains(parameter.substring(0, parameter.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/audit", "/v1/audit/seals", "/v1/audit/verify", "/v1/audit/keys"})
    void onlyTheProviderReadsTheTrail(String path) {
        assertThat(world.get(world.t1Key, path).status()).isEqualTo(403);
    }

    @Test
    void linesOfAllPagesAreEveryRowOnce() {
        long rows = world.store.audit().newest(1000).size();
        for (String format : List.of("ndjson", "csv")) {
            StringBuilder all = new StringBuilder();
            Optional<String> target = Optional.of("/v1/audit?limit=7&format=" + format);
            while (target.isPresent()) {
                Reply reply = get(target.get());
                all.append(((Body.Text) reply.body()).text());
                target = reply.headers().stream()
                        .filter(header -> header.name().equals("Link"))
                        .map(header -> header.value().replaceAll("^<(.*)>; rel=\"next\"$", "$1"))
                        .findFirst();
            }
            long lines = all.toString().lines().distinct().count();
            assertThat(lines).isEqualTo(format.equals("csv") ? rows + 1 : rows);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "a,\"b\"\r\n=c"})
    void noCellOfTheCsvIsAFormula(String text) {
        AuditRow row = world.store.audit().newest(1).getFirst();
        AuditRow evil = new AuditRow(
                row.position(),
                row.id(),
                row.at(),
                new Act(new Act.Actor.Itself("part"), text, row.at()),
                text,
                row.organization(),
                row.target(),
                text,
                row.mac(),
                row.seal(),
                true);
        List<String> cells = cells(AuditCsv.line(evil));
        assertThat(cells).hasSize(AuditCsv.HEADER.size());
        assertThat(cells).noneMatch(cell -> !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0);
        assertThat(cells.get(AuditCsv.HEADER.indexOf("detail"))).endsWith(text);
    }

    /// Reads one record as RFC 4180 says.
    private static List<String> cells(String line) {
        assertThat(line).endsWith("\r\n");
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length() - 2; i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                assertThat(quoted || (c != '\r' && c != '\n')).isTrue();
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    @Test
    void theSealedTrailIsExaminedPageByPageAndFoundSound() {
        sealAll();
        world.call(world.t1Key, "POST", "/v1/applications/" + world.t1Shop.id() + "/cut", "");
        sealAll();
        world.call(world.t1Key, "POST", "/v1/applications/" + world.t1Shop.id() + "/cut", "");
        AuditStore audit = world.store.audit();
        long seals = 0;
        long rows = 0;
        Optional<String> after = Optional.empty();
        Map<String, ?> page;
        do {
            page = members(get("/v1/audit/verify?limit=1"
                    + after.map(mark -> "&after=" + mark).orElse("")));
            assertThat(page.get("findings")).isEqualTo(List.of());
            seals += ((Number) page.get("seals")).longValue();
            rows += ((Number) page.get("rows")).longValue();
            after = Optional.ofNullable(page.get("next")).map(String::valueOf);
        } while (after.isPresent());
        assertThat(seals).isEqualTo(audit.lastSeal().orElseThrow().number());
        assertThat(page.get("unsealed")).isEqualTo(1);
        assertThat(rows + 1).isEqualTo(audit.newest(1000).size());
        assertThat(world.get(world.rootKey, "/v1/audit/verify?after=99999").status())
                .isEqualTo(400);
    }

    @Test
    void theSealsAreShownWithTheirRowsAndTheKeyThatSignedThem() {
        sealAll();
        List<?> seals = items(get("/v1/audit/seals?limit=1"));
        assertThat(seals).hasSize(1);
        assertThat((Map<?, ?>) seals.getFirst()).extracting("number").isEqualTo(1L);
        assertThat(((Map<?, ?>) seals.getFirst()).get("rows").toString()).contains("mac=", "position=1");
        assertThat(members(get("/v1/audit/keys")).toString())
                .contains(installed.keys.ring().auditing().orElseThrow().jwk().keyId())
                .doesNotContain(" d=");
    }

    @Test
    void aKeyThatIsRetiredStillProvesTheSealsItSigned() {
        sealAll();
        installed.keys.rotateAuditing(Installed.ACT);
        sealAll();
        Id other = Id.random(Kind.KEY, installed.random);
        assertThat(members(get("/v1/audit/verify")).get("findings")).isEqualTo(List.of());
        assertThat(installed.keys.ring().publishedForAudit())
                .hasSizeGreaterThan(1)
                .noneMatch(jwk -> jwk.keyId().equals(other.text()));
    }
}
