package dev.gatehouse.storage.sql;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.ProviderMethod;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.Detail;
import dev.gatehouse.core.store.Encrypted;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Link;
import dev.gatehouse.core.store.IdentityStore.Step;
import dev.gatehouse.core.store.IdentityStore.Trip;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Identity providers, links and trips as columns. Lists are their values with blanks between, in order.
final class IdentityColumns {
    /// What replacing may change.
    static final String CHANGING = "title, client_id, method, secret, secret_number, scopes, apis, organizations,"
            + " joins_at, joins_as, trusted, active";

    static final String PROVIDER = CHANGING + ", id, name, issuer, created_at, version";
    static final String LINK = "credential, person, provider, subject, since";
    static final String TRIP =
            "digest, pepper, step, provider, api, session, person, subject, ask, max_age, began_at, dies_at";

    private IdentityColumns() {}

    /// The parameters of [#CHANGING].
    static List<Object> changing(Held held) {
        IdentityProvider it = held.provider();
        return List.of(
                it.title(),
                it.clientId(),
                it.method().wire(),
                Session.bytes(held.secret().map(Encrypted::bytes)),
                held.number(),
                String.join(" ", it.scopes()),
                ids(it.apis()),
                ids(it.organizations().listed()),
                Ids.of(it.joining().map(IdentityProvider.Joining::organization)),
                Ids.of(it.joining().map(IdentityProvider.Joining::role)),
                String.join(" ", it.trusted().stream().sorted().toList()),
                it.active());
    }

    /// The parameters of [#PROVIDER] for a new row.
    static List<Object> all(Held held) {
        List<Object> values = new ArrayList<>(changing(held));
        IdentityProvider it = held.provider();
        values.addAll(List.of(Ids.of(it.id()), it.name(), it.issuer(), Micros.of(it.createdAt()), 0L));
        return values;
    }

    static Held provider(Row row) {
        return new Held(
                new IdentityProvider(
                        Ids.read(row, "id", Kind.IDENTITY_PROVIDER),
                        row.text("name"),
                        row.text("title"),
                        row.text("issuer"),
                        row.text("client_id"),
                        ProviderMethod.of(row.text("method"))
                                .orElseThrow(() -> new IllegalStateException("a stored method is unknown")),
                        words(row.text("scopes")),
                        Set.copyOf(ids(Kind.API, row.text("apis"))),
                        Restriction.ofListed(ids(Kind.ORGANIZATION, row.text("organizations"))),
                        Ids.maybe(row, "joins_at", Kind.ORGANIZATION)
                                .map(at -> new IdentityProvider.Joining(at, Ids.read(row, "joins_as", Kind.ROLE))),
                        Set.copyOf(words(row.text("trusted"))),
                        row.flag("active"),
                        Micros.read(row.number("created_at")),
                        row.number("version")),
                row.maybeBytes("secret").map(Encrypted::of),
                row.number("secret_number"));
    }

    /// What the audit trail keeps of one.
    static Detail detail(IdentityProvider provider) {
        return Detail.of("name", provider.name())
                .with("issuer", provider.issuer())
                .with("active", provider.active())
                .with("apis", ids(provider.apis()))
                .with("organizations", ids(provider.organizations().listed()))
                .with(
                        "joining",
                        provider.joining()
                                .map(at -> at.organization() + " " + at.role())
                                .orElse(""))
                .with(
                        "trusted",
                        String.join(" ", provider.trusted().stream().sorted().toList()));
    }

    static String ids(Collection<Id> ids) {
        return ids.stream().map(Id::text).sorted().collect(Collectors.joining(" "));
    }

    private static List<Id> ids(Kind kind, String column) {
        return words(column).stream().map(text -> Ids.parse(kind, text)).toList();
    }

    private static List<String> words(String column) {
        return column.isEmpty() ? List.of() : List.of(column.split(" ", -1));
    }

    static List<Object> link(Link link) {
        return List.of(
                Ids.of(link.credential()),
                Ids.of(link.user()),
                Ids.of(link.provider()),
                link.subject(),
                Micros.of(link.since()));
    }

    static Link link(Row row) {
        return new Link(
                Ids.read(row, "credential", Kind.CREDENTIAL),
                Ids.read(row, "person", Kind.USER),
                Ids.read(row, "provider", Kind.IDENTITY_PROVIDER),
                row.text("subject"),
                Micros.read(row.number("since")));
    }

    static List<Object> trip(Trip trip) {
        return List.of(
                trip.ticket().bytes(),
                (long) trip.ticket().pepper(),
                word(trip.step()),
                Ids.of(trip.provider()),
                Ids.of(trip.api()),
                Ids.of(trip.login()),
                Ids.of(trip.user()),
                Session.text(trip.subject()),
                Session.text(trip.ask()),
                Session.number(trip.maxAgeSeconds()),
                Micros.of(trip.beganAt()),
                Micros.of(trip.until()));
    }

    static Trip trip(Row row) {
        return new Trip(
                Digest.of((int) row.number("pepper"), row.bytes("digest")),
                Step.valueOf(row.text("step").toUpperCase(Locale.ROOT)),
                Ids.read(row, "provider", Kind.IDENTITY_PROVIDER),
                Ids.read(row, "api", Kind.API),
                Ids.maybe(row, "session", Kind.SESSION),
                Ids.maybe(row, "person", Kind.USER),
                row.maybeText("subject"),
                row.maybeText("ask"),
                row.maybeNumber("max_age"),
                Micros.read(row.number("began_at")),
                Micros.read(row.number("dies_at")));
    }

    static String word(Step step) {
        return step.name().toLowerCase(Locale.ROOT);
    }

    /// The digests as parameters of an `IN`.
    static List<Object> digests(List<Digest> digests) {
        return digests.stream().<Object>map(Digest::bytes).toList();
    }

    static Optional<Held> provider(Session session, Id id) {
        return id.kind() == Kind.IDENTITY_PROVIDER
                ? session.one(
                        "SELECT " + PROVIDER + " FROM identity_provider WHERE id = ?",
                        IdentityColumns::provider,
                        Ids.of(id))
                : Optional.empty();
    }
}
