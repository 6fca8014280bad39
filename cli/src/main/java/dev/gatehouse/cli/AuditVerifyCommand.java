package dev.gatehouse.cli;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.GatehouseException;
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
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern HEAD = Pattern.compile("([1-9][0-9]{0,17}):[0-9a-f]{64}");

    /// What is named when there is no seal yet.
    private static final String NONE = "none";

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
            description = "the last seal that an earlier run named (`-o id` prints it): it must be there still")
    Optional<String> head = Optional.empty();

    private final List<Json.Obj> findings = new ArrayList<>();
    private long seals;
    private long rows;
    private long unsealed;
    private String last = NONE;

    @Override
    public Integer call() {
        if (file.isPresent() != keys.isPresent()) {
            throw Complaint.usage("an export needs --keys FILE, and --keys needs an export");
        }
        head = head.filter(text -> !text.equals(NONE));
        Optional<Matcher> noted = head.map(HEAD::matcher);
        if (noted.isPresent() && !noted.get().matches()) {
            throw Complaint.usage("--head takes what an earlier run named as the last seal, such as 1234:9f2c...");
        }
        if (file.isPresent()) {
            export(file.get(), AuditKeyFile.read(keys.orElseThrow()));
        } else {
            server(noted.map(parts -> Long.parseLong(parts.group(1))));
        }
        print();
        return findings.isEmpty() ? Exit.OK : Exit.DIFFERENT;
    }

    private void print() {
        PrintWriter err = Terminal.of(output.mixee).err();
        switch (output.format) {
            case table -> {
                output.list(findings, Optional.empty(), "kind", "seal", "row", "what");
                err.println(seals + " seals, " + rows + " rows in them, " + unsealed + " not sealed yet, "
                        + findings.size() + " findings; last seal: " + Text.line(last));
            }
            case json ->
                output.println(Json.Obj.EMPTY
                        .with("seals", Json.of(seals))
                        .with("rows", Json.of(rows))
                        .with("unsealed", Json.of(unsealed))
                        .with("last", last)
                        .with("findings", new Json.Arr(List.copyOf(findings)))
                        .pretty());
            case id -> {
                output.println(Text.line(last));
                findings.forEach(finding -> err.println(Text.of(finding)));
            }
        }
    }

    /// @param noted the number of the seal that must be there still
    private void server(Optional<Long> noted) {
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
            if (!noted.map(number -> named(client, number)).equals(head)) {
                headGone();
            }
        }
    }

    /// The seal of this number as it is now; nothing that is noted when it is gone.
    private static String named(AdminClient client, long number) {
        Optional<String> after =
                Optional.of(number - 1).filter(before -> before > 0).map(String::valueOf);
        try {
            return client.auditSeals(new Page.Ask(Optional.of(1), after)).items("items").stream()
                    .flatMap(seal -> AuditFile.seal(((Json.Obj) seal).without("rows")).stream())
                    .map(AuditVerifyCommand::name)
                    .findFirst()
                    .orElse("");
        } catch (GatehouseException.Refused e) {
            if (e.status() == 400) {
                return "";
            }
            throw e;
        }
    }

    private void headGone() {
        found("chain_broken", "the seal " + head.orElse("") + " is not there: the end was cut off or rewritten");
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
            headGone();
        }
    }

    private void take(Examination examination, Optional<AuditSeal> open, List<AuditRow> own, AuditRow row) {
        if (row.seal().isEmpty()) {
            unsealed++;
            examination.unsealed(List.of(row));
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

    private static Predicate<Json.Obj> is(String type) {
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
}
