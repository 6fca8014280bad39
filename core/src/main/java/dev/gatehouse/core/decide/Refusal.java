package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.limit.Quota;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.right.Need;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Why a request was refused. Rich inside (logs, audit, metrics take [#reason()]), generic outside: every wire
/// format has one exhaustive `switch` over these and tells a caller no more than it should know.
public sealed interface Refusal {
    /// The request cannot be read; the detail names the part that is wrong, never its value.
    record Malformed(String detail) implements Refusal {}

    /// More than one credential was presented (RFC 6750 section 2).
    record SeveralCredentials() implements Refusal {}

    /// No credential was presented.
    record NoCredential() implements Refusal {}

    /// A credential was presented that is none of ours: unknown, mistyped, forged, of another Api, or with a
    /// wrong secret.
    ///
    /// @param genuine whether it is one of ours all the same, so that nobody guessed: it is shown in the wrong
    ///     way, or what it is of is no more
    record BadCredential(String why, boolean genuine) implements Refusal {
        /// One that anybody could have made up.
        public BadCredential(String why) {
            this(why, false);
        }
    }

    /// A member above the request carries holds.
    record Held(Kind member, Id id, Set<Hold> holds) implements Refusal {}

    /// A member above the request was revoked.
    record Revoked(Kind member, Id id) implements Refusal {}

    /// A member's window has not begun.
    record NotYet(Kind member, Id id) implements Refusal {}

    /// A member's window, or the token's life, is over.
    record Expired(Kind member, Id id) implements Refusal {}

    /// The token was issued below a generation that was cut.
    record Superseded(Kind member, Id id) implements Refusal {}

    /// The credential may not be used from this address.
    record WrongAddress(Id credential) implements Refusal {}

    /// The credential, or the token that was issued to it, may not be used by this page, or by none.
    record WrongOrigin(Id credential) implements Refusal {}

    /// The credential may not be used at this Api.
    record WrongApi(Id credential) implements Refusal {}

    /// The client is who it says, but what it presents as the subject of a token is none that it may have one
    /// for: another's, unknown, or one that does not count.
    record BadSubject(Refusal why) implements Refusal {}

    /// The application is who it says, but the secret of a user that it shows beside is none that counts for it.
    ///
    /// @param why [NotFound] where the user is known and no member where the application acts
    record BadUser(Refusal why) implements Refusal {}

    /// A request that has to be signed is not, or not so that it counts.
    record BadSignature(Flaw flaw) implements Refusal {}

    /// What is wrong with the signature of a request.
    enum Flaw {
        /// There is none, or not all that belongs to it.
        MISSING,
        /// It is none of this request, or of no key of the application that counts.
        WRONG,
        /// It has counted before, and counts once.
        REPLAYED,
        /// The request was signed too long ago, or for a time to come.
        LATE,
        /// It cannot be looked at here.
        UNSEEN
    }

    /// A token is bound to a key, or has to be, and whoever asks has not proven to have it (RFC 9449).
    ///
    /// @param nonce what the next proof has to carry, where we say so
    record NotHolder(Lacking lacking, Optional<String> nonce) implements Refusal {
        /// Where no nonce is wanted.
        public NotHolder(Lacking lacking) {
            this(lacking, Optional.empty());
        }
    }

    /// What is wrong with the proof of a key.
    enum Lacking {
        /// There is none, or it is no proof of this request, or it was used before.
        PROOF,
        /// It carries no nonce of ours, or an old one.
        NONCE,
        /// It is of another key than the token's, or the token is bound to none.
        BINDING,
        /// The token is bound to a certificate, or has to be, and the connection has shown none, or another one
        /// (RFC 8705).
        CERTIFICATE,
        /// The token has to be bound, to a key or to a certificate, and neither is there.
        EITHER
    }

    /// The credential does not open this: a client secret on a call, an API key at the token endpoint, one whose
    /// application may not act for customers in the name of one.
    record WrongUse(Id credential) implements Refusal {}

    /// The person's organization wants a second factor, and the password was shown alone.
    record NoSecondFactor(Id credential) implements Refusal {}

    /// Known and alive, but its rights do not reach.
    record Forbidden(Need need) implements Refusal {}

    /// A scope was asked for that may not be granted.
    record BadScope() implements Refusal {}

    /// An authorization detail was asked for that may not be granted: its type is unknown or not for this
    /// client, it says what the type does not have, or more than was granted before.
    record BadDetails() implements Refusal {}

    /// Nothing is there, or nothing that this caller may know of.
    record NotFound() implements Refusal {}

    /// Too many requests.
    ///
    /// @param quota the limit that they are over, where callers are told of it
    record TooMany(Duration retryAfter, Optional<Quota> quota) implements Refusal {
        /// Over a limit that is nobody's business.
        public TooMany(Duration retryAfter) {
            this(retryAfter, Optional.empty());
        }
    }

    /// A dependency is broken or this node's facts are not fresh enough; never a statement about the caller.
    record Unavailable(String what, Duration retryAfter) implements Refusal {}

    /// The member that it is about, where it is known.
    default Optional<Id> about() {
        return switch (this) {
            case Held(Kind _, Id id, Set<Hold> _) -> Optional.of(id);
            case Revoked(Kind _, Id id) -> Optional.of(id);
            case NotYet(Kind _, Id id) -> Optional.of(id);
            case Expired(Kind _, Id id) -> Optional.of(id);
            case Superseded(Kind _, Id id) -> Optional.of(id);
            case WrongAddress(Id credential) -> Optional.of(credential);
            case WrongOrigin(Id credential) -> Optional.of(credential);
            case WrongApi(Id credential) -> Optional.of(credential);
            case WrongUse(Id credential) -> Optional.of(credential);
            case NoSecondFactor(Id credential) -> Optional.of(credential);
            case BadSubject(Refusal why) -> why.about();
            case BadUser(Refusal why) -> why.about();
            case Malformed _,
                    BadSignature _,
                    SeveralCredentials _,
                    NotHolder _,
                    NoCredential _,
                    BadCredential _,
                    Forbidden _,
                    BadScope _,
                    BadDetails _,
                    NotFound _,
                    TooMany _,
                    Unavailable _ -> Optional.empty();
        };
    }

    /// A short, stable word for logs, audit and metrics.
    default String reason() {
        return switch (this) {
            case Malformed _ -> "malformed";
            case SeveralCredentials _ -> "several_credentials";
            case NoCredential _ -> "no_credential";
            case BadCredential _ -> "bad_credential";
            case Held held -> held.member().prefix() + "_held";
            case Revoked revoked -> revoked.member().prefix() + "_revoked";
            case NotYet notYet -> notYet.member().prefix() + "_not_yet_valid";
            case Expired expired -> expired.member().prefix() + "_expired";
            case Superseded superseded -> superseded.member().prefix() + "_cut";
            case WrongAddress _ -> "wrong_address";
            case WrongOrigin _ -> "wrong_origin";
            case WrongApi _ -> "wrong_api";
            case NotHolder(Lacking lacking, var _) ->
                switch (lacking) {
                    case PROOF -> "no_proof_of_key";
                    case NONCE -> "no_nonce";
                    case BINDING -> "another_key";
                    case CERTIFICATE -> "another_certificate";
                    case EITHER -> "nothing_to_bind_to";
                };
            case WrongUse _ -> "wrong_use";
            case NoSecondFactor _ -> "no_second_factor";
            case BadSubject(Refusal why) -> "subject_" + why.reason();
            case BadUser(Refusal why) -> "user_" + why.reason();
            case BadSignature(Flaw flaw) ->
                switch (flaw) {
                    case MISSING -> "not_signed";
                    case WRONG -> "wrong_signature";
                    case REPLAYED -> "replayed_signature";
                    case LATE -> "signed_at_another_time";
                    case UNSEEN -> "signature_not_seen";
                };
            case Forbidden _ -> "forbidden";
            case BadScope _ -> "bad_scope";
            case BadDetails _ -> "bad_details";
            case NotFound _ -> "not_found";
            case TooMany _ -> "too_many";
            case Unavailable _ -> "unavailable";
        };
    }
}
