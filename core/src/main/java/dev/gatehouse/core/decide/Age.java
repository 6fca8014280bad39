package dev.gatehouse.core.decide;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import java.util.Optional;

/// Whether what was issued once counts under the generations of now.
final class Age {
    private Age() {}

    /// It was issued after these facts were read, so they cannot judge it.
    static boolean newer(Generations issued, Generations known) {
        return issued.credential() > known.credential()
                || issued.member() > known.member()
                || issued.customer() > known.customer()
                || issued.organizations() > known.organizations();
    }

    /// Why what was issued once does not count under the generations of now.
    static Optional<Refusal> superseded(Lineage issued, Lineage current) {
        if (issued.generations().credential() != current.generations().credential()) {
            return by(current.credential());
        }
        if (issued.generations().member() != current.generations().member()) {
            return by(current.member());
        }
        if (issued.generations().customer() != current.generations().customer()) {
            return by(current.customer().orElseThrow());
        }
        return issued.generations().equals(current.generations()) ? Optional.empty() : by(current.organization());
    }

    private static Optional<Refusal> by(Id member) {
        return Optional.of(new Refusal.Superseded(member.kind(), member));
    }
}
