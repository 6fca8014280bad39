package dev.gatehouse.dialect.read;

import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.dialect.model.Carrier;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.RefusalClass;
import dev.gatehouse.dialect.model.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what the head of a request carries, in one pass over its header fields. Compiled from a dialect once.
final class HeadReader {
    /// One name with what stands there.
    private record Named(String name, Input input) {}

    /// A header field that counts as not sent.
    private record Absent(String name, String value) {}

    /// Query parameters that carry credentials in other systems. They end up in logs and `Referer` fields, so a
    /// request that uses one is refused rather than ignored (RFC 9700 section 4.3.2, GAUNTLET C02).
    private static final Set<String> QUERY_CREDENTIALS =
            Set.of("access_token", "api_key", "apikey", "api-key", "x-api-key", "client_secret");

    private static final int MAX_VALUE = 8192;

    private final List<Named> schemes = new ArrayList<>();
    private final List<Named> headers = new ArrayList<>();
    private final List<Named> parameters = new ArrayList<>();
    private final List<Absent> absent = new ArrayList<>();
    private Optional<Input> bare = Optional.empty();
    private final Map<Source.Half, Input> basic = new EnumMap<>(Source.Half.class);

    HeadReader(Dialect dialect) {
        dialect.absent().forEach((name, value) -> absent.add(new Absent(name, value)));
        for (Carrier carrier : dialect.carriers()) {
            for (Source source : carrier.sources()) {
                switch (source) {
                    case Source.Scheme(String name) -> schemes.add(new Named(name, carrier.input()));
                    case Source.Bare() -> bare = Optional.of(carrier.input());
                    case Source.Basic(Source.Half half) -> basic.put(half, carrier.input());
                    case Source.HeaderField(String name) -> headers.add(new Named(name, carrier.input()));
                    case Source.Query(String name) -> parameters.add(new Named(name, carrier.input()));
                    case Source.Member _, Source.PathVariable _ -> {}
                }
            }
        }
    }

    /// Everything that is carried.
    ///
    /// @param queried whether the query holds members, which are read elsewhere
    Shown read(HttpFacts http, boolean queried) throws Unreadable {
        Shown shown = new Shown();
        boolean authorized = false;
        for (Header header : http.headers()) {
            if (header.value().isEmpty() || isAbsent(header)) {
                continue;
            }
            if (header.name().equalsIgnoreCase("Authorization")) {
                if (authorized) {
                    throw new Unreadable(Fault.of(RefusalClass.SEVERAL));
                }
                authorized = true;
                authorization(header.value(), shown);
            } else {
                named(header, shown);
            }
        }
        if (http.query().isPresent() && !queried) {
            query(http.query().get(), shown);
        }
        return shown;
    }

    /// The header fields that carry proofs, `Authorization` first.
    List<String> proofHeaders() {
        List<String> names = new ArrayList<>(List.of("Authorization"));
        headers.stream()
                .filter(named -> named.input().role() == Input.Role.PROOF)
                .forEach(named -> names.add(named.name()));
        return List.copyOf(names);
    }

    /// The parameters of the query that carry proofs.
    List<String> proofParameters() {
        return parameters.stream()
                .filter(named -> named.input().role() == Input.Role.PROOF)
                .map(Named::name)
                .toList();
    }

    private boolean isAbsent(Header header) {
        for (Absent one : absent) {
            if (one.value().equals(header.value()) && one.name().equalsIgnoreCase(header.name())) {
                return true;
            }
        }
        return false;
    }

    private void named(Header header, Shown shown) throws Unreadable {
        for (Named carrier : headers) {
            if (carrier.name().equalsIgnoreCase(header.name())) {
                put(shown, carrier.input(), header.value());
            }
        }
    }

    /// RFC 9110 section 11.6.2: the scheme is compared without case, a blank follows.
    private void authorization(String value, Shown shown) throws Unreadable {
        int blank = value.indexOf(' ');
        if (blank < 0 && bare.isPresent()) {
            put(shown, bare.get(), value);
            return;
        }
        String scheme = blank < 0 ? value : value.substring(0, blank);
        String rest = blank < 0 ? "" : value.substring(blank + 1).strip();
        if (!basic.isEmpty() && scheme.equalsIgnoreCase("Basic")) {
            halves(rest, shown);
            return;
        }
        for (Named known : schemes) {
            if (known.name().equalsIgnoreCase(scheme) && !rest.isEmpty() && rest.indexOf(' ') < 0) {
                put(shown, known.input(), rest);
                return;
            }
        }
        throw bad("no credential under a scheme of this dialect");
    }

    /// RFC 7617. Clients send UTF-8 or ISO-8859-1 and do not say which: what is no UTF-8 is the other.
    private void halves(String base64, Shown shown) throws Unreadable {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw bad("no base64 after Basic");
        }
        String text = Encoded.utf8(bytes, bytes.length).orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1));
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw bad("no name and password after Basic");
        }
        for (Map.Entry<Source.Half, Input> half : basic.entrySet()) {
            put(
                    shown,
                    half.getValue(),
                    switch (half.getKey()) {
                        case USER -> text.substring(0, colon);
                        case PASSWORD -> text.substring(colon + 1);
                    });
        }
    }

    private void query(String query, Shown shown) throws Unreadable {
        int from = 0;
        while (from <= query.length()) {
            int end = query.indexOf('&', from);
            int to = end < 0 ? query.length() : end;
            int equals = query.indexOf('=', from);
            int nameEnd = equals < 0 || equals > to ? to : equals;
            parameter(query.substring(from, nameEnd), nameEnd < to ? query.substring(nameEnd + 1, to) : "", shown);
            from = to + 1;
        }
    }

    private void parameter(String encoded, String value, Shown shown) throws Unreadable {
        String name = encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0
                ? encoded
                : Encoded.decode(encoded, true).orElse(encoded);
        for (Named carrier : parameters) {
            if (carrier.name().equals(name)) {
                if (!value.isEmpty()) {
                    String decoded =
                            Encoded.decode(value, true).orElseThrow(() -> bad("a parameter that is not well encoded"));
                    put(shown, carrier.input(), decoded);
                }
                return;
            }
        }
        if (QUERY_CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new Unreadable(Fault.malformed("a credential in the query is not accepted"));
        }
    }

    /// Adds one value: each input comes once, from one place.
    static void put(Shown shown, Input input, String value) throws Unreadable {
        if (shown.has(input)) {
            throw new Unreadable(
                    input.role() == Input.Role.PROOF
                            ? Fault.of(RefusalClass.SEVERAL)
                            : Fault.malformed(input.word() + " comes twice"));
        }
        if (value.length() > MAX_VALUE || value.chars().anyMatch(Character::isISOControl)) {
            throw bad("too long, or with control characters");
        }
        shown.put(input, value);
    }

    private static Unreadable bad(String why) {
        return new Unreadable(new Fault(
                RefusalClass.BAD_CREDENTIAL, Optional.empty(), why, List.of(), Optional.empty(), Optional.empty()));
    }
}
