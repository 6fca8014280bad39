package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// The ways to ask for a decision, and what each says of a world.
abstract class DecisionFixture {
    static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    static final Need READ = new Need.AnyOf(Scopes.of("read"));

    /// A way to ask: a call with a direct key or with a token, a mint, a client that says who it is, or a
    /// question about a token.
    enum Way {
        KEY,
        TOKEN,
        MINT,
        CLIENT,
        INTROSPECTION,
        ACTING,
        EXCHANGE,
        DELEGATED_TOKEN,
        DELEGATED_INTROSPECTION,
        DELEGATED_EXCHANGE;

        boolean ofToken() {
            return switch (this) {
                case TOKEN, INTROSPECTION, EXCHANGE -> true;
                case DELEGATED_TOKEN, DELEGATED_INTROSPECTION, DELEGATED_EXCHANGE -> true;
                case KEY, MINT, CLIENT, ACTING -> false;
            };
        }

        boolean forCustomer() {
            return switch (this) {
                case ACTING, DELEGATED_TOKEN, DELEGATED_INTROSPECTION, DELEGATED_EXCHANGE -> true;
                case KEY, TOKEN, MINT, CLIENT, INTROSPECTION, EXCHANGE -> false;
            };
        }
    }

    static Verdict ask(Way way, World world) {
        return ask(way, world, issued(way, world));
    }

    static Verdict ask(Way way, World world, Facts.Derived token) {
        Ask.Mint mint = new Ask.Mint(Optional.empty(), World.HERE);
        return switch (way) {
            case KEY -> Decision.decide(world.direct(CredentialKind.API_KEY), new Ask.Call(READ, World.HERE), NOW);
            case TOKEN, DELEGATED_TOKEN -> Decision.decide(world.later(token), new Ask.Call(READ, World.HERE), NOW);
            case MINT -> Decision.decide(world.direct(CredentialKind.SECRET), mint, NOW);
            case CLIENT -> Decision.decide(world.direct(CredentialKind.SECRET), new Ask.Authenticate(World.HERE), NOW);
            case INTROSPECTION, DELEGATED_INTROSPECTION ->
                Decision.decide(world.later(token), new Ask.Introspect(), NOW);
            case ACTING -> Decision.decide(world.acting(), mint, NOW);
            case EXCHANGE, DELEGATED_EXCHANGE -> Decision.decide(world.exchanging(token), mint, NOW);
        };
    }

    /// The token that a way needs, as it is issued in a world.
    static Facts.Derived issued(Way way, World world) {
        return way.forCustomer() ? world.delegated(Scopes.of("read"), NOW) : world.token(Scopes.of("read"), NOW);
    }

    /// What a way answers for this reason: a client that has proven itself is not blamed for its subject.
    static Refusal blamed(Way way, World.Place place, Refusal why) {
        boolean client = way == Way.ACTING || way == Way.EXCHANGE || way == Way.DELEGATED_EXCHANGE;
        return client && !World.Place.OWN.contains(place) ? new Refusal.BadSubject(why) : why;
    }

    static Stream<Arguments> everyMemberOnEveryWay() {
        List<Arguments> rows = new ArrayList<>();
        for (Way way : Way.values()) {
            for (World.Place place : World.Place.values()) {
                if (World.Place.OWN.contains(place) || way.forCustomer()) {
                    rows.add(Arguments.of(way, place));
                }
            }
        }
        return rows.stream();
    }

    /// What a verdict opens: scopes and lineage.
    static List<Object> opens(Verdict verdict) {
        return verdict instanceof Verdict.Allowed allowed
                ? List.of(allowed.scopes(), allowed.lineage())
                : List.of(verdict);
    }

    static Verdict mint(Facts client, Scopes scopes) {
        return Decision.decide(client, new Ask.Mint(Optional.of(scopes), World.HERE), NOW);
    }

    static boolean holds(Scopes held, String scope) {
        return held.contains(scope) || (scope.equals("read") && held.contains("write"));
    }

    static Scopes some(Random random) {
        return Scopes.of(World.CATALOGUE.all().list().stream()
                .filter(_ -> random.nextBoolean())
                .toList());
    }

    static void assertRefused(Verdict verdict, Refusal refusal) {
        assertThat(verdict).isEqualTo(new Verdict.Refused(refusal));
    }

    static Standing withHolds(Standing s, Set<Hold> holds) {
        return new Standing(holds, s.revoked(), s.generation(), s.window(), s.version());
    }

    static Standing nextGeneration(Standing s) {
        return new Standing(s.holds(), s.revoked(), s.generation() + 1, s.window(), s.version());
    }

    static UnaryOperator<Standing> window(Window window) {
        return s -> new Standing(s.holds(), s.revoked(), s.generation(), window, s.version());
    }
}
