package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.right.AuthorizationDetail;
import dev.gatehouse.core.right.AuthorizationDetails;
import dev.gatehouse.core.right.DetailValue;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.oauth.json.DetailJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameter `authorization_details` (RFC 9396 section 2), wherever clients send it. What is wrong with it
/// is told as section 5 says, everywhere under the same name.
public final class DetailsParameter {
    /// Its name in requests, answers and tokens.
    public static final String NAME = AuthorizationDetails.NAME;

    /// What is told of one that is wrong.
    public static final String ERROR = "invalid_authorization_details";

    /// What metadata calls the types of an Api (section 10).
    public static final String TYPES_SUPPORTED = "authorization_details_types_supported";

    /// What metadata calls those of a client.
    public static final String TYPES = "authorization_details_types";

    /// White space and escapes come on top of what is kept.
    private static final int MAX_SENT = 4 * AuthorizationDetails.MAX_LENGTH;

    private static final DetailValue EMPTY = new DetailValue.Items(List.of());

    private static final String FORM = "authorization_details is no array of 1 to " + AuthorizationDetails.MAX
            + " objects that each have a type, or is too long or too deep";

    /// What reading gave.
    public sealed interface Read {
        /// It is not there.
        record Absent() implements Read {}

        /// Something that may be asked for, as far as its form tells.
        record Asked(AuthorizationDetails details) implements Read {
            /// Why an Api does not have it, or not for a client.
            private Optional<String> unfit(Api api, ClientTerms client) {
                return details.list().stream()
                        .flatMap(one -> DetailsParameter.unfit(one, api, client).stream())
                        .findFirst();
            }
        }

        /// None.
        record Wrong(String why) implements Read {
            /// The answer of an endpoint for clients.
            public OAuthError error() {
                return new OAuthError.InvalidDetails(why);
            }
        }

        /// What is asked for.
        default Optional<AuthorizationDetails> asked() {
            return this instanceof Asked(AuthorizationDetails details) ? Optional.of(details) : Optional.empty();
        }
    }

    private DetailsParameter() {}

    /// Reads its form. Whether it may be granted is for `decide`. An empty list asks for none of those that
    /// there are, so that a token can be had that has less than its grant (section 6).
    static Read read(Form form) {
        Optional<String> text = form.value(NAME);
        if (text.isEmpty()) {
            return new Read.Absent();
        }
        return text.filter(sent -> sent.length() <= MAX_SENT)
                .flatMap(DetailJson::list)
                .flatMap(list ->
                        list.equals(EMPTY) ? Optional.of(AuthorizationDetails.NONE) : AuthorizationDetails.of(list))
                .<Read>map(Read.Asked::new)
                .orElseGet(() -> new Read.Wrong(FORM));
    }

    /// The same where nothing is decided yet: what the Api does not have, or not for this client, is refused at
    /// once, and so is a list of nothing.
    public static Read read(Form form, Api api, ClientTerms client) {
        return switch (read(form)) {
            case Read.Asked asked when asked.details().isEmpty() -> new Read.Wrong(FORM);
            case Read.Asked asked ->
                asked.unfit(api, client).<Read>map(Read.Wrong::new).orElse(asked);
            case Read.Absent absent -> absent;
            case Read.Wrong wrong -> wrong;
        };
    }

    private static Optional<String> unfit(AuthorizationDetail detail, Api api, ClientTerms client) {
        if (!api.catalogue().types().containsKey(detail.type())) {
            return Optional.of("a type of authorization_details is unknown here");
        }
        if (!client.details().admits(detail.type()::equals)) {
            return Optional.of("a type of authorization_details is not one of this client's");
        }
        return api.catalogue().type(detail).isPresent()
                ? Optional.empty()
                : Optional.of("a member of authorization_details is missing, unknown, or is not what its type has");
    }

    /// Tells what was granted (sections 7 and 9): scopes, which are never an empty list (RFC 6749 section 3.3), and
    /// details, where there are any.
    static void tell(Scopes scopes, AuthorizationDetails granted, Map<String, Object> members) {
        if (!scopes.isEmpty()) {
            members.put("scope", scopes.text());
        }
        if (!granted.isEmpty()) {
            members.put(NAME, granted.plain());
        }
    }

    /// Tells the types that an Api has, where it has any.
    static void tell(Api api, Map<String, Object> members) {
        if (!api.catalogue().types().isEmpty()) {
            members.put(
                    TYPES_SUPPORTED,
                    api.catalogue().types().sequencedKeySet().stream().toList());
        }
    }
}
