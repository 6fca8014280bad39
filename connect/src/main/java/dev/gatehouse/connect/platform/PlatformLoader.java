package dev.gatehouse.connect.platform;

import dev.gatehouse.core.member.ConnectionKind;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Node;
import dev.gatehouse.yaml.YamlReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads a platform file and says everything that is wrong with it: line, column, and what is allowed there.
public final class PlatformLoader {
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z0-9]{1,39}");
    private static final Pattern VERIFY = Pattern.compile("(GET|POST) (/[!-~]*)");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final List<String> WAYS =
            ConnectionKind.KNOWN.stream().map(ConnectionKind::wire).toList();
    private static final List<String> MUST = List.of("platform", "title", "docs", "hosts", "base", "ways");
    private static final List<String> MAY = List.of("oauth", "verify", "retry");

    private final Mistakes mistakes;

    private PlatformLoader(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    /// Loads a file.
    ///
    /// @param file what messages call it
    public static Loaded load(String file, String text) {
        Mistakes mistakes = new Mistakes();
        Optional<Platform> platform = YamlReader.read(file, text, mistakes)
                .flatMap(mapping -> new PlatformLoader(mistakes).platform(mapping));
        if (platform.isPresent() && mistakes.none()) {
            return new Loaded.Good(platform.get());
        }
        return new Loaded.Wrong(mistakes.all());
    }

    private Optional<Platform> platform(Node.Mapping mapping) {
        Optional<Fields> read = Fields.of(mapping, MUST, MAY, mistakes);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Fields file = read.get();
        Optional<String> type = file.text("platform").filter(name -> said(TYPE, name, file, "platform"));
        List<HostPattern> hosts = hosts(file);
        Addresses addresses = new Addresses(hosts, mistakes);
        Optional<OAuth> oauth = file.get("oauth").flatMap(node -> OAuthLoader.load(node, addresses, mistakes));
        Optional<Template> base = file.template("base");
        base.ifPresent(template -> addresses.check(template, file.spot("base")));
        Map<ConnectionKind, Platform.Way> ways = ways(file, base, addresses);
        if (!mistakes.none() || type.isEmpty() || base.isEmpty()) {
            return Optional.empty();
        }
        Platform platform = new Platform(
                type.get(),
                file.text("title").orElse(""),
                file.text("docs").orElse(""),
                hosts,
                ways,
                oauth,
                verify(file),
                file.get("retry").flatMap(this::retry));
        Checks.check(platform, file, mistakes);
        return Optional.of(platform);
    }

    private boolean said(Pattern shape, String text, Fields file, String key) {
        if (shape.matcher(text).matches()) {
            return true;
        }
        mistakes.add(file.spot(key), key + " looks like " + shape.pattern() + ", not " + Mistakes.quoted(text));
        return false;
    }

    private List<HostPattern> hosts(Fields file) {
        List<HostPattern> hosts = new ArrayList<>();
        for (String text : file.texts("hosts")) {
            HostPattern.parse(text)
                    .ifPresentOrElse(
                            hosts::add,
                            () -> mistakes.add(
                                    file.spot("hosts"),
                                    "a host in small letters, *.host, or * alone stands here, not "
                                            + Mistakes.quoted(text)));
        }
        if (hosts.isEmpty()) {
            mistakes.add(file.spot("hosts"), "at least one host is needed");
        }
        return hosts;
    }

    private Map<ConnectionKind, Platform.Way> ways(Fields file, Optional<Template> base, Addresses addresses) {
        Map<ConnectionKind, Platform.Way> ways = new EnumMap<>(ConnectionKind.class);
        file.entries("ways").forEach((name, entry) -> {
            Optional<ConnectionKind> kind = ConnectionKind.of(name);
            if (kind.isEmpty()) {
                mistakes.word(entry.at(), "way", name, WAYS);
            } else if (base.isPresent()) {
                WayLoader.load(kind.get(), entry.value(), base.get(), addresses, mistakes)
                        .ifPresent(way -> ways.put(kind.get(), way));
            }
        });
        if (file.get("ways").isPresent() && file.entries("ways").isEmpty()) {
            mistakes.add(file.spot("ways"), "at least one way is needed: " + Mistakes.list(WAYS));
        }
        return ways;
    }

    private Optional<RetryHint> retry(Node node) {
        Optional<Fields> read = Fields.of(node, List.of(), List.of("after", "at", "left"), mistakes);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Fields file = read.get();
        if (file.get("after").isPresent() == file.get("at").isPresent()) {
            mistakes.add(node.spot(), "after, a header with seconds, or at, one with a moment in seconds since 1970");
        }
        Optional<String> left = file.text("left").filter(name -> said(HEADER, name, file, "left"));
        String key = file.get("at").isPresent() ? "at" : "after";
        return file.text(key)
                .filter(name -> said(HEADER, name, file, key))
                .map(name -> new RetryHint(name, key.equals("at"), left));
    }

    private Optional<Platform.Verify> verify(Fields file) {
        Optional<String> text = file.text("verify").filter(call -> said(VERIFY, call, file, "verify"));
        return text.map(call ->
                new Platform.Verify(call.substring(0, call.indexOf(' ')), call.substring(call.indexOf(' ') + 1), 200));
    }
}
