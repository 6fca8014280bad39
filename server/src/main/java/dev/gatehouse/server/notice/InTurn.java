package dev.gatehouse.server.notice;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.egress.Turns;
import java.util.Optional;
import java.util.function.Supplier;

/// Few at once tell one application, and all of one organization: whoever answers slowly holds up its own.
public final class InTurn {
    private static final int OF_ORGANIZATION = 4;

    private final Turns<Id> applications;
    private final Turns<Id> organizations;

    /// @param ofApplication how many tell one application
    /// @param inAll how many tell anybody
    public InTurn(int ofApplication, int inAll) {
        this.applications = new Turns<>(ofApplication, inAll);
        this.organizations = new Turns<>(OF_ORGANIZATION, inAll);
    }

    /// Tells an application when it is its turn.
    public Came tell(Application application, Supplier<Came> telling) {
        Optional<Turns.Turn> one = applications.take(application.id());
        if (one.isEmpty()) {
            return new Came.Failed("busy", false);
        }
        try (Turns.Turn _ = one.get()) {
            Optional<Turns.Turn> other = organizations.take(application.organization());
            if (other.isEmpty()) {
                return new Came.Failed("busy", false);
            }
            try (Turns.Turn _ = other.get()) {
                return telling.get();
            }
        }
    }
}
