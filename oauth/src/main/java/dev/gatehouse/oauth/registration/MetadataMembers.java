package dev.gatehouse.oauth.registration;

import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.LogoutTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.store.Text;
import dev.gatehouse.oauth.jose.ClientKeys;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.registration.ClientMetadata.Read;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// The members of client metadata, each read as what it has to be. What is something else counts as left out,
/// and is remembered.
final class MetadataMembers {
    private static final String INVALID = "invalid_client_metadata";
    private static final String INVALID_REDIRECT = "invalid_redirect_uri";
    private static final int MAX_ITEMS = 64;
    private static final int MAX_TEXT = 512;
    private static final Json EMPTY = new Json.Text("");

    /// Pages of the client's: a browser may be led there.
    private static final List<String> PAGES =
            List.of("client_uri", "logo_uri", "tos_uri", "policy_uri", "initiate_login_uri");

    private static final List<String> TYPES = List.of("web", "native");

    private static final List<String> WORDS = List.of("software_id", "software_version");

    private final Json.Members json;
    private Optional<Read.Wrong> wrong = Optional.empty();

    /// @param json as it came
    MetadataMembers(Json.Members json) {
        this.json = json;
    }

    /// The first thing that was wrong.
    Optional<Read.Wrong> wrong() {
        return wrong;
    }

    /// Takes note of something that is wrong.
    void refuse(String why) {
        refuse(INVALID, why);
    }

    void refuseRedirect(String why) {
        refuse(INVALID_REDIRECT, why);
    }

    private void refuse(String error, String why) {
        wrong = wrong.or(() -> Optional.of(new Read.Wrong(error, why)));
    }

    /// `null` and what is empty are as good as left out (RFC 7592 section 2.2); a list without items says that
    /// there are none.
    boolean has(String name) {
        return value(name).isPresent();
    }

    private Optional<Json> value(String name) {
        return Optional.ofNullable(json.byName().get(name))
                .filter(value -> !(value instanceof Json.Null) && !value.equals(EMPTY));
    }

    /// What a member is read as.
    private <T> Optional<T> read(String name, Function<Json, Optional<T>> as, String allowed) {
        Optional<Json> value = value(name);
        Optional<T> read = value.flatMap(as);
        if (value.isPresent() && read.isEmpty()) {
            refuse(name + " is " + allowed);
        }
        return read;
    }

    Optional<String> text(String name) {
        return read(name, MetadataMembers::line, "a string of at most " + MAX_TEXT + " characters");
    }

    private static Optional<String> line(Json json) {
        return json instanceof Json.Text(String text) && text.length() <= MAX_TEXT && Text.wellFormed(text)
                ? Optional.of(text)
                : Optional.empty();
    }

    boolean flag(String name) {
        return read(
                        name,
                        value -> value instanceof Json.Bool(boolean flag) ? Optional.of(flag) : Optional.empty(),
                        "true or false")
                .orElse(false);
    }

    Optional<List<String>> texts(String name) {
        return read(name, MetadataMembers::lines, "a list of at most " + MAX_ITEMS + " strings");
    }

    private static Optional<List<String>> lines(Json json) {
        if (!(json instanceof Json.Items(List<Json> items)) || items.size() > MAX_ITEMS) {
            return Optional.empty();
        }
        List<String> lines =
                items.stream().flatMap(item -> line(item).stream()).distinct().toList();
        return items.stream().allMatch(item -> line(item).isPresent()) ? Optional.of(lines) : Optional.empty();
    }

    /// GAUNTLET A04, A06.
    List<RedirectUri> uris(String name) {
        return uris(name, RedirectUri::parse);
    }

    /// @param read whether it is one
    List<RedirectUri> uris(String name, Function<String, Optional<RedirectUri>> read) {
        List<String> asked = texts(name).orElse(List.of());
        List<RedirectUri> uris =
                asked.stream().flatMap(text -> read.apply(text).stream()).toList();
        if (uris.size() < asked.size()) {
            refuseRedirect(name + " are each " + RedirectUri.ALLOWED);
        }
        if (uris.size() > ClientTerms.MAX_URIS) {
            refuseRedirect(name + " are at most " + ClientTerms.MAX_URIS);
        }
        return uris;
    }

    /// @param read whether it is one
    <T> Optional<T> one(String name, Function<String, Optional<T>> read, String allowed) {
        return read(name, value -> line(value).flatMap(read), allowed);
    }

    /// @param read whether each is one
    List<String> several(String name, Function<String, Optional<String>> read, int most, String allowed) {
        List<String> asked = texts(name).orElse(List.of());
        boolean sound = asked.stream().allMatch(text -> read.apply(text).isPresent());
        if (!sound || asked.size() > most) {
            refuse(name + " are at most " + most + ", each " + allowed);
        }
        return sound && asked.size() <= most ? asked : List.of();
    }

    Optional<Long> count(String name, long most) {
        return read(
                name,
                value -> value instanceof Json.Whole(long number) && number >= 0 && number <= most
                        ? Optional.of(number)
                        : Optional.empty(),
                "a whole number of at most " + most);
    }

    Optional<RedirectUri> logout(String name) {
        return read(name, value -> line(value).flatMap(LogoutTerms::uri), LogoutTerms.ALLOWED);
    }

    /// Where this server tells the client something itself.
    ///
    /// @param admitted whether it may be told there
    Optional<RedirectUri> told(String name, Predicate<RedirectUri> admitted) {
        Optional<RedirectUri> uri = logout(name);
        if (!uri.stream().allMatch(admitted)) {
            refuse(name + " has a host that is not let in here");
        }
        return uri;
    }

    private Optional<String> page(String name) {
        return read(
                name,
                value -> line(value)
                        .flatMap(RedirectUri::parse)
                        .filter(RedirectUri::claimed)
                        .map(RedirectUri::text),
                "an https URL of at most " + RedirectUri.MAX_LENGTH + " characters");
    }

    /// Keys for other purposes are passed over.
    Optional<PublicKeys> keys() {
        Optional<String> uri = page("jwks_uri");
        if (uri.isPresent() && has("jwks")) {
            refuse("jwks and jwks_uri exclude each other");
        }
        return read("jwks", MetadataMembers::set, "a set with public keys for signatures, each with a kid of its own")
                .or(() -> uri.map(PublicKeys::new));
    }

    private static Optional<PublicKeys> set(Json jwks) {
        StringBuilder text = new StringBuilder();
        JsonText.value(text, jwks);
        return ClientKeys.readForeign(text.toString()).map(keys -> new PublicKeys(keys.text()));
    }

    /// What decides nothing here.
    Map<String, Object> told() {
        Map<String, Object> told = new LinkedHashMap<>();
        for (String name : PAGES) {
            page(name).ifPresent(uri -> told.put(name, uri));
        }
        for (String name : WORDS) {
            text(name).ifPresent(word -> told.put(name, word));
        }
        texts("contacts").filter(contacts -> !contacts.isEmpty()).ifPresent(contacts -> told.put("contacts", contacts));
        read("application_type", value -> line(value).filter(TYPES::contains), "web or native")
                .ifPresent(type -> told.put("application_type", type));
        if (flag("require_auth_time")) {
            told.put("require_auth_time", true); // ID tokens always say when
        }
        return told;
    }
}
