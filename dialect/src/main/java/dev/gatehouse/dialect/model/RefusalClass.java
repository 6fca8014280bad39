package dev.gatehouse.dialect.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Why a request is refused, as coarse as a caller may know. A class without a row of its own takes that of its
/// parent; those without a parent must have a row.
public enum RefusalClass implements Word {
    /// The request cannot be read.
    MALFORMED("malformed", "", "the request cannot be read; `$detail` says what is wrong"),
    /// Members are there and are not what they must be.
    INVALID("invalid", "malformed", "the request can be read and its members are not what they must be"),
    /// More credentials than one declared set.
    SEVERAL("several", "malformed", "more credentials than one declared set were sent"),
    /// Two inputs that exclude each other.
    COMBINATION("combination", "malformed", "an input was sent that the endpoint says `never` to"),
    /// Plain HTTP where TLS is needed.
    INSECURE("insecure", "malformed", "plain HTTP, where the dialect asks for `https: required`"),
    /// No credential.
    UNAUTHENTICATED("unauthenticated", "", "no credential, or not all of one declared set"),
    /// A credential that does not count.
    BAD_CREDENTIAL("bad-credential", "unauthenticated", "a credential that is unknown, wrong, held or revoked"),
    /// No signature where one is wanted.
    UNSIGNED("unsigned", "unauthenticated", "the route wants the request signed, and it is not, or not wholly"),
    /// A signature that does not count.
    BAD_SIGNATURE(
            "bad-signature",
            "bad-credential",
            "the signature is not of this request, or too old, or of a key of nobody"),
    /// A token past its life.
    EXPIRED("expired", "bad-credential", "a token or session past its life"),
    /// A code, refresh token or subject that does not count.
    BAD_GRANT("bad-grant", "bad-credential", "a code, refresh token or subject that does not count"),
    /// The platform refuses the stored credential.
    UPSTREAM_LOGIN("upstream-login", "unauthenticated", "a third-party platform refuses the connection's credential"),
    /// A connection that is not there.
    BAD_CONNECTION(
            "bad-connection", "not-found", "a call names a connection that the caller does not have, or that is held"),
    /// Known, but not entitled.
    FORBIDDEN("forbidden", "", "known and alive, but its rights do not reach"),
    /// The platform's own user is not entitled.
    UPSTREAM_FORBIDDEN(
            "upstream-forbidden", "forbidden", "a third-party platform does not let the connection's user do that"),
    /// A page of another origin.
    WRONG_ORIGIN("wrong-origin", "forbidden", "the page's origin is not one of the key's"),
    /// Not from this address.
    WRONG_ADDRESS("wrong-address", "bad-credential", "the credential may not be used from this address"),
    /// A scope that may not be granted.
    BAD_SCOPE("bad-scope", "forbidden", "a scope was asked for that may not be granted"),
    /// As many as there may be.
    LIMIT_REACHED("limit-reached", "forbidden", "there are as many as there may be, such as open sessions"),
    /// Nothing there.
    NOT_FOUND("not-found", "", "nothing is there, or nothing that the caller may know of"),
    /// No more.
    GONE("gone", "not-found", "the path belongs to a version that has ended"),
    /// The path is known, the method is not.
    WRONG_METHOD("wrong-method", "not-found", "the path does not take the method"),
    /// Too many requests.
    TOO_MANY("too-many", "", "too many requests; `Retry-After` is written"),
    /// Not now.
    UNAVAILABLE("unavailable", "", "it cannot be decided now; `Retry-After` is written"),
    /// A fault of the provider's side.
    INTERNAL("internal", "", "a fault of the provider's side");

    private final String word;
    private final String parent;
    private final String meaning;

    RefusalClass(String word, String parent, String meaning) {
        this.word = word;
        this.parent = parent;
        this.meaning = meaning;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    /// Whose row is taken where this one has none.
    public Optional<RefusalClass> parent() {
        return Word.find(RefusalClass.class, parent);
    }

    /// The classes that every error family has a row for.
    public static List<RefusalClass> roots() {
        return Arrays.stream(values()).filter(one -> one.parent.isEmpty()).toList();
    }
}
