package dev.gatehouse.oauth.authorize;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How the answer travels back to the client. Tokens never stand in a query, which servers and their logs see
/// (OAuth 2.0 Multiple Response Type Encoding Practices section 5); codes never stand in a fragment, which nothing
/// needs.
enum ResponseMode {
    /// In the query of a redirect, the usual way of codes.
    QUERY("query", Way.QUERY, false),
    /// In the fragment of a redirect, the usual way of tokens.
    FRAGMENT("fragment", Way.FRAGMENT, false),
    /// In a form that the browser posts (OAuth 2.0 Form Post Response Mode).
    FORM_POST("form_post", Way.FORM, false),
    /// In the way of the response type, signed (JARM section 2.3.4).
    JWT("jwt", Way.USUAL, true),
    /// In the query of a redirect, signed (JARM section 2.3.1).
    QUERY_JWT("query.jwt", Way.QUERY, true),
    /// In the fragment of a redirect, signed (JARM section 2.3.2).
    FRAGMENT_JWT("fragment.jwt", Way.FRAGMENT, true),
    /// In a form that the browser posts, signed (JARM section 2.3.3).
    FORM_POST_JWT("form_post.jwt", Way.FORM, true);

    private enum Way {
        QUERY,
        FRAGMENT,
        FORM,
        USUAL
    }

    private final String wire;
    private final Way way;
    private final boolean signed;

    ResponseMode(String wire, Way way, boolean signed) {
        this.wire = wire;
        this.way = way;
        this.signed = signed;
    }

    /// All names.
    ///
    /// @param implicit of answers with tokens, rather than with codes
    static List<String> names(boolean implicit) {
        return Arrays.stream(values())
                .filter(mode -> mode.fits(implicit))
                .map(mode -> mode.wire)
                .toList();
    }

    private boolean fits(boolean implicit) {
        return way != (implicit ? Way.QUERY : Way.FRAGMENT);
    }

    boolean posted() {
        return way == Way.FORM;
    }

    /// Whether the browser keeps the answer from whoever serves the page that it is sent to.
    boolean inFragment() {
        return way == Way.FRAGMENT;
    }

    /// Whether the answer is one JWT.
    boolean signed() {
        return signed;
    }

    /// The one that a request names, and the usual one where that is none of these answers.
    static ResponseMode of(Optional<String> wire, boolean implicit) {
        ResponseMode named = Arrays.stream(values())
                .filter(mode -> wire.equals(Optional.of(mode.wire)) && mode.fits(implicit))
                .findFirst()
                .orElse(implicit ? FRAGMENT : QUERY);
        return named == JWT && implicit ? FRAGMENT_JWT : named;
    }
}
