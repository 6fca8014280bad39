package dev.gatehouse.dialect.model;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.limit.Quota;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A refusal as a dialect tells it: no more than a caller may know.
///
/// @param about the input that it is about, where that is told apart
/// @param detail what is wrong with the request, in words for its sender; empty unless it is malformed or invalid
/// @param retryAfter when to try again
/// @param quota the limit that a caller is over, where it is told
public record Fault(
        RefusalClass refused,
        Optional<Input> about,
        String detail,
        List<Field> fields,
        Optional<Duration> retryAfter,
        Optional<Quota> quota) {
    /// A member of the request and what is wrong with it; never its value.
    public record Field(String name, String problem) {}

    /// Keeps a copy.
    public Fault {
        fields = List.copyOf(fields);
    }

    /// Of this class.
    public static Fault of(RefusalClass refused) {
        return new Fault(refused, Optional.empty(), "", List.of(), Optional.empty(), Optional.empty());
    }

    /// Of this class, with what is wrong with some members.
    public static Fault of(RefusalClass refused, List<Field> fields) {
        return new Fault(refused, Optional.empty(), "", fields, Optional.empty(), Optional.empty());
    }

    /// Of this class, about one input.
    public static Fault about(RefusalClass refused, Input input) {
        return new Fault(refused, Optional.of(input), "", List.of(), Optional.empty(), Optional.empty());
    }

    /// A request that cannot be read.
    public static Fault malformed(String detail) {
        return new Fault(
                RefusalClass.MALFORMED, Optional.empty(), detail, List.of(), Optional.empty(), Optional.empty());
    }

    /// A request that lacks something.
    public static Fault missing(String name) {
        return new Fault(
                RefusalClass.MALFORMED,
                Optional.empty(),
                name + " is missing",
                List.of(new Field(name, "is missing")),
                Optional.empty(),
                Optional.empty());
    }

    /// How a decision's refusal is told. Whether a credential is unknown, held, revoked or cut makes no
    /// difference (GAUNTLET C08); that a token is past its life does, because its holder can read that by itself.
    public static Fault of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Malformed(String detail) -> malformed(detail);
            case Refusal.SeveralCredentials() -> of(RefusalClass.SEVERAL);
            case Refusal.NoCredential() -> of(RefusalClass.UNAUTHENTICATED);
            case Refusal.Expired(Kind member, var _) when member == Kind.TOKEN -> of(RefusalClass.EXPIRED);
            case Refusal.BadCredential _,
                    Refusal.Held _,
                    Refusal.Revoked _,
                    Refusal.NotYet _,
                    Refusal.Expired _,
                    Refusal.Superseded _,
                    Refusal.WrongApi _,
                    Refusal.NotHolder _,
                    Refusal.WrongUse _,
                    Refusal.NoSecondFactor _ -> of(RefusalClass.BAD_CREDENTIAL);
            case Refusal.BadSubject _ -> of(RefusalClass.BAD_GRANT);
            case Refusal.BadUser(Refusal why) when why instanceof Refusal.NotFound -> of(RefusalClass.FORBIDDEN);
            case Refusal.BadUser _ -> about(RefusalClass.BAD_CREDENTIAL, Input.USER_KEY);
            case Refusal.BadSignature(Refusal.Flaw flaw) ->
                of(flaw == Refusal.Flaw.MISSING ? RefusalClass.UNSIGNED : RefusalClass.BAD_SIGNATURE);
            case Refusal.WrongAddress _ -> of(RefusalClass.WRONG_ADDRESS);
            case Refusal.WrongOrigin _ -> of(RefusalClass.WRONG_ORIGIN);
            case Refusal.Forbidden _ -> of(RefusalClass.FORBIDDEN);
            case Refusal.BadScope(), Refusal.BadDetails() -> of(RefusalClass.BAD_SCOPE);
            case Refusal.NotFound() -> of(RefusalClass.NOT_FOUND);
            case Refusal.TooMany(Duration after, Optional<Quota> quota) -> later(RefusalClass.TOO_MANY, after, quota);
            case Refusal.Unavailable(String _, Duration after) ->
                later(RefusalClass.UNAVAILABLE, after, Optional.empty());
        };
    }

    private static Fault later(RefusalClass refused, Duration after, Optional<Quota> quota) {
        return new Fault(refused, Optional.empty(), "", List.of(), Optional.of(after), quota);
    }
}
