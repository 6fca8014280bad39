package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.JsonException;
import dev.gatehouse.client.Page;
import dev.gatehouse.core.audit.Examination;
import dev.gatehouse.core.audit.SealKeys;
import dev.gatehouse.core.audit.Seals;
import dev.gatehouse.core.store.AuditRow;
import dev.gatehouse.core.store.AuditSeal;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `gatehouse audit verify`.
@Command(
        name = "verify",
        description = "Say whether the audit trail is as Gatehouse left it: exit code 0 for yes, 6 for no. The server"
                + " examines it with all keys; a FILE of `audit export --with-seals` is examined here, with the public"
                + " keys alone.",
        footerHeading = "%nExamples:%n",
        footer = {"  gatehouse audit verify", "  gatehouse audit verify trail.ndjson --keys keys.json"})
final class AuditVerifyCommand implements Callable<Integer> {
    @Mixin
    Connection connection = new Connection();

    @Mixin
    Output output = new Output();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "an export; without one the server is asked")
    Optional<Path> file = Optional.empty();

    @Option(names = "--keys", paramLabel = "FILE", description = "what `audit keys` printed; with FILE only")
    Optional<Path> keys = Optional.empty();

    @Option(
            names = "--head",
            paramLabel = "N:HASH",
            description = "the last seal that an earlier run named: it must be in the file still; with FILE only")
    Optional<String> head = Optional.empty();

    private final List<Json.Obj> findings = new ArrayList<>();
    private long seals;
    private long rows;
    private long unsealed;
    private String last = "none";

    @Override
    public Integer call() {
        if (file.isPresent() != keys.isPresent() || (head.isPresent() && file.isEmpty())) {
            throw Complaint.usage("an export needs --keys FILE, and --keys and --head need an export");
        }
        if (file.isPresent()) {
            export(file.get(), new SealKeys(read(keys.orElseThrow())));
        } else {
            server();
        }
        output.list(findings, Optional.empty(), "kind", "seal", "row", "what");
        Terminal.of(output.mixee)
                .err()
                .println(seals + " seals, " + rows + " rows in them, " + unsealed + " not sealed yet, "
                        + findings.size() + " findings; last seal: " + Text.line(last));
        return findings.isEmpty() ? Exit.OK : Exit.DIFFERENT;
    }

    private void server() {
        try (AdminClient client = connection.open()) {
            Optional<Page.Ask> ask = Optional.of(new Page.Ask(Optional.of(200), Optional.empty()));
            while (ask.isPresent()) {
                Json.Obj page = client.auditVerify(ask.get());
                seals += number(page, "seals");
                rows += number(page, "rows");
                unsealed += number(page, "unsealed");
                if (page.get("last").isPresent()) {
                    last = number(page, "last") + ":" + page.text("last_hash").orElse("");
                }
                page.items("findings").forEach(finding -> findings.add((Json.Obj) finding));
                ask = page.text("next").map(next -> new Page.Ask(Optional.of(200), Optional.of(next)));
            }
        }
    }

    private static long number(Json.Obj page, String name) {
        return page.get(name)
                .map(value -> value instanceof Json.Num(String digits) ? Long.parseLong(digits) : 0)
                .orElse(0L);
    }

    private void export(Path path, SealKeys sealKeys) {
        Examination examination = new Examination(sealKeys, Optional.empty());
        Optional<AuditSeal> open = Optional.empty();
        List<AuditRow> own = new ArrayList<>();
        boolean headSeen = head.isEmpty();
        int at = 0;
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                at++;
                Optional<Json.Obj> json = parsed(line);
                Optional<AuditSeal> seal = json.filter(is("seal")).flatMap(AuditFile::seal);
                Optional<AuditRow> row = json.filter(is("row")).flatMap(AuditFile::row);
                if (seal.isPresent()) {
                    close(examination, open, own);
                    open = seal;
                    headSeen |= head.equals(seal.map(AuditVerifyCommand::name));
                } else if (row.isPresent()) {
                    take(examination, open, own, row.get());
                } else {
                    found("line_unreadable", "line " + at + " is not a seal or row as it was exported");
                }
            }
        } catch (IOException e) {
            throw Complaint.usage("cannot read " + path + " (" + e.getClass().getSimpleName() + ")");
        }
        close(examination, open, own);
        examination.findings().forEach(finding -> {
            Json.Obj shown = Json.Obj.EMPTY.with("kind", finding.kind().word());
            shown = finding.seal().isPresent()
                    ? shown.with("seal", Json.of(finding.seal().get()))
                    : shown;
            shown = finding.row().isPresent() ? shown.with("row", finding.row().get()) : shown;
            findings.add(shown.with("what", finding.what()));
        });
        if (!headSeen) {
            found(
                    "chain_broken",
                    "the seal " + head.orElse("") + " is not in the file: its end was cut off or rewritten");
        }
    }

    private void take(Examination examination, Optional<AuditSeal> open, List<AuditRow> own, AuditRow row) {
        if (row.seal().isEmpty()) {
            unsealed++;
        } else if (open.isPresent() && row.seal().get() == open.get().number()) {
            own.add(row);
        } else {
            examination.strays(List.of(row));
        }
    }

    private void close(Examination examination, Optional<AuditSeal> open, List<AuditRow> own) {
        if (open.isPresent()) {
            examination.next(open.get(), own);
            seals++;
            rows += own.size();
            last = name(open.get());
            own.clear();
        }
    }

    private static String name(AuditSeal seal) {
        return seal.number() + ":" + HexFormat.of().formatHex(Seals.hash(seal).toArray());
    }

    private void found(String kind, String what) {
        findings.add(Json.Obj.EMPTY.with("kind", kind).with("what", what));
    }

    private static java.util.function.Predicate<Json.Obj> is(String type) {
        return line -> line.text("type").equals(Optional.of(type));
    }

    private static Optional<Json.Obj> parsed(String latin1) {
        try {
            String line = new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            return Json.parse(line) instanceof Json.Obj object
                            && object.compact().equals(line)
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static Map<String, PublicKey> read(Path path) {
        try {
            Map<String, PublicKey> byId = new HashMap<>();
            if (Json.parse(Files.readString(path)) instanceof Json.Obj set) {
                for (Json key : set.items("keys")) {
                    Json.Obj jwk = (Json.Obj) key;
                    byId.put(jwk.text("kid").orElse(""), key(jwk));
                }
            }
            if (byId.isEmpty()) {
                throw Complaint.usage(path + " holds no keys; `gatehouse audit keys` prints them");
            }
            return byId;
        } catch (IOException | JsonException | ClassCastException | IllegalArgumentException e) {
            throw Complaint.usage("cannot read the keys in " + path + "; `gatehouse audit keys` prints them");
        }
    }

    /// A P-256 key (RFC 7518 section 6.2.1).
    private static PublicKey key(Json.Obj jwk) {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            ECPoint point = new ECPoint(coordinate(jwk, "x"), coordinate(jwk, "y"));
            return KeyFactory.getInstance("EC")
                    .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a P-256 key", e);
        }
    }

    private static BigInteger coordinate(Json.Obj jwk, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.text(name).orElse("")));
    }
}
