package dev.gatehouse.dialect.load;

import dev.gatehouse.core.api.PathPattern.Segment;
import dev.gatehouse.dialect.model.BodyKind;
import dev.gatehouse.dialect.model.CallSet;
import dev.gatehouse.dialect.model.Carrier;
import dev.gatehouse.dialect.model.Condition;
import dev.gatehouse.dialect.model.Dialect;
import dev.gatehouse.dialect.model.Endpoint;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.Operation;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.model.Source;
import dev.gatehouse.dialect.model.Take;
import dev.gatehouse.dialect.model.TokenRule;
import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What only the whole file shows: operations get what they need and no more, every endpoint can be reached,
/// paths and their variables fit, carriers are used, credentials in the query are owned up to.
final class Checks {
    /// The case of credentials in addresses (RFC 9700 section 4.3.2).
    private static final String ADDRESS_CASE = "C02";

    /// The cases that a dialect may be excepted from.
    static final List<String> WAIVABLE = List.of(ADDRESS_CASE);

    private static final Set<String> TOKENS = Set.of(
            Output.ACCESS_TOKEN.word(),
            Output.REFRESH_TOKEN.word(),
            Output.SESSION.word(),
            Output.UPSTREAM_ACCESS_TOKEN.word(),
            Output.UPSTREAM_REFRESH_TOKEN.word());

    private final Mistakes mistakes;
    private final Fields file;
    private final Dialect dialect;

    Checks(Mistakes mistakes, Fields file, Dialect dialect) {
        this.mistakes = mistakes;
        this.file = file;
        this.dialect = dialect;
    }

    void run() {
        dialect.rates().keySet().stream()
                .filter(one -> dialect.endpoints().stream().noneMatch(endpoint -> endpoint.operation() == one))
                .forEach(one -> mistakes.add(file.spot("rates"), "no endpoint does " + one.word()));
        List<Endpoint> endpoints = dialect.endpoints();
        for (int i = 0; i < endpoints.size(); i++) {
            Endpoint endpoint = endpoints.get(i);
            inputs(endpoint);
            places(endpoint);
            needs(endpoint);
            endpoints.subList(0, i).stream()
                    .filter(earlier -> covers(earlier, endpoint))
                    .findFirst()
                    .ifPresent(earlier -> mistakes.add(
                            endpoint.spot(),
                            "no request reaches this endpoint: the one in line "
                                    + earlier.spot().line() + " takes all of them"));
        }
        carriersAreUsed();
        credentialsInAddresses();
    }

    /// With each set of carriers an operation has one of its ways, and nothing that it does not know.
    private void inputs(Endpoint endpoint) {
        long taken = Input.bits(endpoint.takes().stream()
                .filter(take -> take.rule() == Take.Rule.TAKE)
                .map(Take::input)
                .toList());
        long maybe = Input.bits(endpoint.takes().stream()
                .filter(take -> take.rule() == Take.Rule.MAY)
                .map(Take::input)
                .toList());
        List<Long> sets = endpoint.auth().isEmpty()
                ? List.of(0L)
                : endpoint.auth().stream().map(CallSet::bits).toList();
        for (long auth : sets) {
            long there = auth | taken;
            boolean fits = endpoint.operation().ways().stream()
                    .anyMatch(way -> (way.bits() & ~there) == 0
                            && (there & ~(way.bits() | endpoint.operation().may())) == 0);
            if (!fits) {
                mistakes.add(
                        endpoint.spot(),
                        endpoint.operation().word() + " needs " + ways(endpoint) + "; it may have "
                                + words(endpoint.operation().may()) + "; here it gets " + words(there));
            }
            if ((auth & (taken | maybe)) != 0) {
                mistakes.add(endpoint.spot(), words(auth & (taken | maybe)) + " comes by auth already");
            }
        }
        long unknown = maybe & ~endpoint.operation().may();
        if (unknown != 0) {
            mistakes.add(
                    endpoint.spot(),
                    endpoint.operation().word() + " takes no " + words(unknown) + "; it may have "
                            + words(endpoint.operation().may()));
        }
    }

    /// Whoever manages others says by which right; refresh tokens belong to the one token that lives.
    private void needs(Endpoint endpoint) {
        if (endpoint.operation().manages() == endpoint.needs().isEmpty()) {
            mistakes.add(
                    endpoint.spot(),
                    endpoint.operation().word()
                            + (endpoint.needs().isEmpty()
                                    ? " needs a line needs: the scopes of which the caller has one"
                                    : " needs no scopes"));
        }
        if (oneLives()) {
            Stream.of(Input.USER_KEY, Input.DOMAIN_KEY)
                    .filter(key -> endpoint.takes().stream()
                            .anyMatch(take -> take.input() == key && take.rule() != Take.Rule.NEVER))
                    .forEach(key -> mistakes.add(
                            endpoint.spot(), key.word() + " is not taken where one access token lives at a time"));
        }
        if (endpoint.operation() == Operation.REFRESH && !refreshes()) {
            mistakes.add(
                    endpoint.spot(), "refresh needs refresh-token under tokens, and of access-token second: replaces");
        }
    }

    /// A key that many show, or that is shown beside another, has no one token.
    private boolean oneLives() {
        return Optional.ofNullable(dialect.tokens().get(Input.ACCESS_TOKEN))
                .flatMap(TokenRule::live)
                .isPresent();
    }

    private boolean refreshes() {
        return dialect.tokens().containsKey(Input.REFRESH_TOKEN)
                && Optional.ofNullable(dialect.tokens().get(Input.ACCESS_TOKEN))
                        .flatMap(TokenRule::live)
                        .filter(TokenRule.OneLive.REPLACES::equals)
                        .isPresent();
    }

    private static String ways(Endpoint endpoint) {
        return endpoint.operation().ways().stream().map(CallSet::text).collect(Collectors.joining(", or "));
    }

    private static String words(long bits) {
        return Mistakes.list(Input.of(bits).stream().map(Input::word).toList());
    }

    /// Members are read only where bodies are; every variable of the path is taken, and no other.
    private void places(Endpoint endpoint) {
        List<Source> sources = Stream.concat(
                        endpoint.takes().stream().flatMap(take -> take.sources().stream()),
                        endpoint.when().stream().map(Condition::source))
                .toList();
        if (endpoint.bodies().isEmpty() && sources.stream().anyMatch(Source.Member.class::isInstance)) {
            mistakes.add(endpoint.spot(), "members are taken here, and the body is ignored");
        }
        Set<String> variables = new HashSet<>();
        for (Segment segment : endpoint.path().segments()) {
            switch (segment) {
                case Segment.Variable(String name) -> variables.add(name);
                case Segment.Literal _ -> {}
                case Segment.Rest() -> mistakes.add(endpoint.spot(), "the path of an endpoint has no **");
            }
        }
        Set<String> taken = sources.stream()
                .flatMap(source -> source instanceof Source.PathVariable(String name) ? Stream.of(name) : Stream.of())
                .collect(Collectors.toSet());
        if (!taken.equals(variables)) {
            mistakes.add(
                    endpoint.spot(),
                    "the path has the variables " + Mistakes.list(variables) + "; taken are " + Mistakes.list(taken));
        }
        endpoint.expired()
                .filter(input ->
                        endpoint.auth().stream().noneMatch(set -> set.inputs().contains(input)))
                .ifPresent(input ->
                        mistakes.add(endpoint.spot(), input.word() + " is accepted expired, but is not in auth"));
        if (endpoint.answer().back().isPresent()
                && endpoint.takes().stream().noneMatch(take -> take.input() == Input.REDIRECT)) {
            mistakes.add(endpoint.spot(), "a browser is sent back, but no redirect is taken");
        }
    }

    /// Whether every request of the later endpoint is the earlier one's already.
    private static boolean covers(Endpoint earlier, Endpoint later) {
        return earlier.method().equals(later.method())
                && earlier.path().equals(later.path())
                && later.when().containsAll(earlier.when())
                && required(earlier).stream()
                        .allMatch(take -> required(later).stream()
                                .anyMatch(other -> take.sources().containsAll(other.sources())));
    }

    private static List<Take> required(Endpoint endpoint) {
        return endpoint.takes().stream()
                .filter(take -> take.rule() == Take.Rule.TAKE)
                .toList();
    }

    private void carriersAreUsed() {
        for (Carrier carrier : dialect.carriers()) {
            boolean used = Stream.concat(
                            dialect.calls().stream(),
                            dialect.endpoints().stream().flatMap(one -> one.auth().stream()))
                    .anyMatch(set -> set.inputs().contains(carrier.input()));
            if (!used) {
                mistakes.add(
                        file.spot("carriers"),
                        "the carrier " + carrier.input().word() + " is in no set of calls and no auth of an endpoint");
            }
        }
        List<Source> all = dialect.carriers().stream()
                .flatMap(carrier -> carrier.sources().stream())
                .toList();
        if (all.contains(new Source.Basic(Source.Half.USER)) != all.contains(new Source.Basic(Source.Half.PASSWORD))) {
            mistakes.add(file.spot("carriers"), "basic user and basic password stand together");
        }
        for (CallSet set : dialect.calls()) {
            if ((set.bits() & Input.proofs()) == 0) {
                mistakes.add(file.spot("calls"), "the set " + set.text() + " proves nothing");
            }
        }
    }

    private void credentialsInAddresses() {
        if (dialect.waivers().stream().anyMatch(waiver -> waiver.rule().equals(ADDRESS_CASE))) {
            return;
        }
        for (Carrier carrier : dialect.carriers()) {
            inQuery(file.spot("carriers"), carrier.input(), carrier.sources(), false);
        }
        for (Endpoint endpoint : dialect.endpoints()) {
            boolean members = endpoint.bodies().contains(BodyKind.QUERY);
            endpoint.takes().forEach(take -> inQuery(endpoint.spot(), take.input(), take.sources(), members));
            boolean back = endpoint.answer().back().stream()
                    .flatMap(one -> one.values().values().stream())
                    .flatMap(template -> Columns.names(template).stream())
                    .anyMatch(TOKENS::contains);
            if (back) {
                mistakes.add(
                        endpoint.spot(),
                        "a browser takes a token back in its address: if the provider documents that, say so under"
                                + " exceptions with case " + ADDRESS_CASE);
            }
        }
    }

    private void inQuery(Spot spot, Input input, List<Source> sources, boolean members) {
        if (input.role() == Input.Role.PROOF
                && sources.stream()
                        .anyMatch(source ->
                                source instanceof Source.Query || (members && source instanceof Source.Member))) {
            mistakes.add(
                    spot,
                    input.word() + " may come in the query, which ends up in logs: if the provider documents that, say"
                            + " so under exceptions with case " + ADDRESS_CASE);
        }
    }
}
