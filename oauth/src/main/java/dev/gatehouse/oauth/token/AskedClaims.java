package dev.gatehouse.oauth.token;

import dev.gatehouse.core.member.ProfileClaim;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Grant;
import dev.gatehouse.oauth.json.Json;
import dev.gatehouse.oauth.json.JsonText;
import dev.gatehouse.oauth.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a client asks to be told of a user one by one (`claims`, OpenID Connect Core section 5.5). Each claim
/// that is known here is asked for under the scope that has it in it: the application's role has to have that
/// scope, and the person is asked for it; but of a scope that was asked for in this way alone nothing else is told.
///
/// @param userInfo asked of UserInfo, by name
/// @param idToken asked of ID tokens
/// @param implied scopes that nothing but these claims asked for
public record AskedClaims(Map<String, Wanted> userInfo, Map<String, Wanted> idToken, Scopes implied) {
    /// Nothing.
    public static final AskedClaims NONE = new AskedClaims(Map.of(), Map.of(), Scopes.NONE);

    /// Nobody knows what: of no scope anything is told but who the user is.
    public static final AskedClaims UNKNOWN = new AskedClaims(
            Map.of(),
            Map.of(),
            Scopes.of(Stream.of(ProfileClaim.values()).map(UserClaims::scope).collect(Collectors.toSet())));

    /// The most claims that are asked for at one place.
    static final int MAX_CLAIMS = 64;

    /// Of the person itself and of the sign-in, which every client is told.
    private static final Set<String> OF_LOGIN = Set.of("sub", "acr");

    private static final String USERINFO = "userinfo";
    private static final String ID_TOKEN = "id_token";
    private static final String IMPLIED = "implied";
    private static final String ESSENTIAL = "essential";

    /// How one claim is asked for (section 5.5.1).
    ///
    /// @param values what it has to be one of; whatever it is when empty
    public record Wanted(boolean essential, List<Json> values) {
        /// Keeps a copy.
        public Wanted {
            values = List.copyOf(values);
        }

        /// Whether what is known will do.
        boolean takes(Object value) {
            Json known = value instanceof Boolean flag ? new Json.Bool(flag) : new Json.Text(value.toString());
            return values.isEmpty() || values.contains(known);
        }
    }

    /// Keeps copies.
    public AskedClaims {
        userInfo = Map.copyOf(userInfo);
        idToken = Map.copyOf(idToken);
    }

    /// Reads what a client sent. Empty when it is nothing that section 5.5 knows: an object of `userinfo` and
    /// `id_token`, objects of claims in them, each `null` or an object with `essential`, `value`, `values`. What
    /// else is in these is passed over.
    public static Optional<AskedClaims> read(String text) {
        return StrictJson.object(text.getBytes(StandardCharsets.UTF_8)).flatMap(claims -> {
            Optional<Map<String, Wanted>> userInfo = place(claims, USERINFO);
            Optional<Map<String, Wanted>> idToken = place(claims, ID_TOKEN);
            return userInfo.flatMap(of -> idToken.map(in -> new AskedClaims(of, in, Scopes.NONE)));
        });
    }

    private static Optional<Map<String, Wanted>> place(Json.Members claims, String name) {
        Json place = claims.byName().getOrDefault(name, new Json.Null());
        if (place instanceof Json.Null) {
            return Optional.of(Map.of());
        }
        if (!(place instanceof Json.Members(Map<String, Json> asked)) || asked.size() > MAX_CLAIMS) {
            return Optional.empty();
        }
        Map<String, Wanted> read = new HashMap<>();
        for (Map.Entry<String, Json> one : asked.entrySet()) {
            Optional<Wanted> wanted = wanted(one.getValue());
            if (wanted.isEmpty()) {
                return Optional.empty();
            }
            if (OF_LOGIN.contains(one.getKey())
                    || UserClaims.scope(one.getKey()).isPresent()) {
                read.put(one.getKey(), wanted.get());
            }
        }
        return Optional.of(read);
    }

    private static Optional<Wanted> wanted(Json asked) {
        return switch (asked) {
            case Json.Null() -> Optional.of(new Wanted(false, List.of()));
            case Json.Members members -> wanted(members);
            case Json.Text _, Json.Whole _, Json.OtherNumber _, Json.Bool _, Json.Items _ -> Optional.empty();
        };
    }

    private static Optional<Wanted> wanted(Json.Members members) {
        Json essential = members.byName().getOrDefault(ESSENTIAL, new Json.Bool(false));
        Json several = members.byName().getOrDefault("values", new Json.Items(List.of()));
        Optional<Json> one = Optional.ofNullable(members.byName().get("value"));
        boolean both = one.isPresent() && members.byName().containsKey("values");
        if (both
                || !(essential instanceof Json.Bool(boolean must))
                || !(several instanceof Json.Items(List<Json> values))
                || (values.isEmpty() && members.byName().containsKey("values"))) {
            return Optional.empty();
        }
        return Optional.of(new Wanted(
                must,
                one.map(List::of).orElse(values).stream()
                        .map(AskedClaims::comparable)
                        .toList()));
    }

    /// What no claim of ours can be stays something that none is: it is kept with a grant, and one that is kept
    /// deeper than it was read would not be read again.
    private static Json comparable(Json value) {
        return switch (value) {
            case Json.Text _, Json.Bool _ -> value;
            case Json.Null _, Json.Whole _, Json.OtherNumber _, Json.Items _, Json.Members _ -> new Json.Null();
        };
    }

    /// How a claim of the person or of the sign-in itself is wanted, in either place.
    public List<Wanted> wanted(String claim) {
        return Stream.of(userInfo, idToken)
                .flatMap(place -> Optional.ofNullable(place.get(claim)).stream())
                .toList();
    }

    /// The scopes that have the claims in them.
    public Scopes scopes() {
        return Scopes.of(Stream.of(userInfo, idToken)
                .flatMap(place -> place.keySet().stream())
                .flatMap(claim -> UserClaims.scope(claim).stream())
                .collect(Collectors.toSet()));
    }

    /// The same, where these of its scopes were asked for as such.
    public AskedClaims beside(Scopes asked) {
        Set<String> others =
                scopes().list().stream().filter(scope -> !asked.contains(scope)).collect(Collectors.toSet());
        return new AskedClaims(userInfo, idToken, Scopes.of(others));
    }

    /// As it is kept with a grant; empty where it asks for nothing.
    public Optional<String> text() {
        if (userInfo.isEmpty() && idToken.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Json> members = new LinkedHashMap<>();
        members.put(USERINFO, json(userInfo));
        members.put(ID_TOKEN, json(idToken));
        members.put(IMPLIED, new Json.Text(implied.text()));
        StringBuilder out = new StringBuilder();
        JsonText.value(out, new Json.Members(members));
        return Optional.of(out.toString());
    }

    /// Whether it is short enough to be kept.
    public boolean fits() {
        return text().map(String::length).orElse(0) <= Grant.MAX_ASKED;
    }

    private static Json json(Map<String, Wanted> place) {
        Map<String, Json> members = new LinkedHashMap<>();
        place.forEach((claim, wanted) -> {
            Map<String, Json> how = new LinkedHashMap<>();
            if (wanted.essential()) {
                how.put(ESSENTIAL, new Json.Bool(true));
            }
            if (!wanted.values().isEmpty()) {
                how.put("values", new Json.Items(wanted.values()));
            }
            members.put(claim, new Json.Members(how));
        });
        return new Json.Members(members);
    }

    /// What [#text] kept; of what cannot be read nobody knows what was asked for, so nothing is told.
    public static AskedClaims kept(Optional<String> text) {
        return text.map(one -> read(one)
                        .flatMap(claims -> implied(one)
                                .map(scopes -> new AskedClaims(claims.userInfo(), claims.idToken(), scopes)))
                        .orElse(UNKNOWN))
                .orElse(NONE);
    }

    private static Optional<Scopes> implied(String text) {
        return StrictJson.object(text.getBytes(StandardCharsets.UTF_8))
                .flatMap(members -> members.text(IMPLIED))
                .flatMap(scopes -> scopes.isEmpty() ? Optional.of(Scopes.NONE) : Scopes.parse(scopes));
    }
}
