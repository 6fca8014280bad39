package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.dialect.model.Fault;
import dev.gatehouse.dialect.model.RefusalClass;

/// Between the refusals of a dialect and those of the core.
final class Faults {
    private Faults() {}

    /// What is observed when a request is refused by how it reads.
    static Refusal refusal(Fault fault) {
        return switch (fault.refused()) {
            case SEVERAL -> new Refusal.SeveralCredentials();
            case UNAUTHENTICATED, UPSTREAM_LOGIN, UNSIGNED -> new Refusal.NoCredential();
            case BAD_CREDENTIAL, EXPIRED, BAD_GRANT, WRONG_ADDRESS, WRONG_ORIGIN, BAD_SIGNATURE ->
                new Refusal.BadCredential(fault.detail());
            case NOT_FOUND, BAD_CONNECTION, WRONG_METHOD, GONE -> new Refusal.NotFound();
            case MALFORMED,
                    INVALID,
                    COMBINATION,
                    INSECURE,
                    FORBIDDEN,
                    UPSTREAM_FORBIDDEN,
                    BAD_SCOPE,
                    LIMIT_REACHED,
                    TOO_MANY,
                    UNAVAILABLE,
                    INTERNAL -> new Refusal.Malformed(fault.detail());
        };
    }

    /// How the end of a request is told that never came to a decision.
    static Fault ofTransport(int status, String detail) {
        return switch (status) {
            case 429 -> Fault.of(RefusalClass.TOO_MANY);
            case 503 -> Fault.of(RefusalClass.UNAVAILABLE);
            default -> status >= 500 ? Fault.of(RefusalClass.INTERNAL) : Fault.malformed(detail);
        };
    }
}
