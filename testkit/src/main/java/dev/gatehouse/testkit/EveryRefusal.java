package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Refusals of every kind, for each kind of member that they are about.
public final class EveryRefusal {
    private static final Duration AFTER = Duration.ofSeconds(1);
    private static final List<Kind> MEMBERS =
            List.of(Kind.ORGANIZATION, Kind.APPLICATION, Kind.CREDENTIAL, Kind.CUSTOMER);

    private EveryRefusal() {}

    /// All of them, in the order of their declaration.
    public static List<Refusal> all() {
        List<Refusal> all = Stream.of(
                        Stream.of(
                                new Refusal.Malformed("what is wrong"),
                                new Refusal.SeveralCredentials(),
                                new Refusal.NoCredential(),
                                new Refusal.BadCredential("unknown")),
                        MEMBERS.stream().map(kind -> new Refusal.Held(kind, id(kind), Set.of(Hold.OWNER))),
                        issued().map(kind -> new Refusal.Revoked(kind, id(kind))),
                        MEMBERS.stream().map(kind -> new Refusal.NotYet(kind, id(kind))),
                        issued().map(kind -> new Refusal.Expired(kind, id(kind))),
                        MEMBERS.stream().map(kind -> new Refusal.Superseded(kind, id(kind))),
                        Stream.of(
                                new Refusal.WrongAddress(id(Kind.CREDENTIAL)),
                                new Refusal.WrongOrigin(id(Kind.CREDENTIAL)),
                                new Refusal.WrongApi(id(Kind.CREDENTIAL)),
                                new Refusal.NotHolder(Refusal.Lacking.PROOF),
                                new Refusal.NotHolder(Refusal.Lacking.NONCE, Optional.of("nonce")),
                                new Refusal.NotHolder(Refusal.Lacking.BINDING),
                                new Refusal.NotHolder(Refusal.Lacking.CERTIFICATE),
                                new Refusal.NotHolder(Refusal.Lacking.EITHER),
                                new Refusal.WrongUse(id(Kind.CREDENTIAL)),
                                new Refusal.NoSecondFactor(id(Kind.CREDENTIAL)),
                                new Refusal.BadSubject(new Refusal.NotFound()),
                                new Refusal.BadUser(new Refusal.NotFound()),
                                new Refusal.BadSignature(Refusal.Flaw.MISSING),
                                new Refusal.BadSignature(Refusal.Flaw.WRONG),
                                new Refusal.BadSignature(Refusal.Flaw.REPLAYED),
                                new Refusal.BadSignature(Refusal.Flaw.LATE),
                                new Refusal.BadSignature(Refusal.Flaw.UNSEEN),
                                new Refusal.Forbidden(new Need.AnyOf(Scopes.of("orders:read"))),
                                new Refusal.BadScope(),
                                new Refusal.BadDetails(),
                                new Refusal.NotFound(),
                                new Refusal.TooMany(AFTER),
                                new Refusal.Unavailable("what is not there", AFTER)))
                .<Refusal>flatMap(refusals -> refusals)
                .toList();
        complete(Refusal.class, all);
        return all;
    }

    /// Checks that of a sealed type there is something of every kind.
    public static <T> void complete(Class<T> sealed, List<? extends T> all) {
        assertThat(all.stream().<Class<?>>map(Object::getClass).collect(Collectors.toSet()))
                .as("one of every kind of %s", sealed.getSimpleName())
                .isEqualTo(Set.copyOf(Arrays.asList(sealed.getPermittedSubclasses())));
    }

    private static Stream<Kind> issued() {
        return Stream.concat(MEMBERS.stream(), Stream.of(Kind.TOKEN));
    }

    private static Id id(Kind kind) {
        return new Id(kind, 1);
    }
}
