package dev.gatehouse.server.gateway;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Retirement;
import dev.gatehouse.core.api.Route;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.RetiredUseStore;
import dev.gatehouse.core.store.RetiredUseStore.Use;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// Routes of versions that go: what their callers are told, and who they are. A use is noted once a day, and no
/// call waits for that.
public final class RetiredRoutes {
    /// As many uses as are remembered, so that they are not noted again: a few MB.
    private static final int MOST = 50_000;

    /// IMF-fixdate (RFC 9110 section 5.6.7).
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private record Seen(Id api, String path, Id credential, LocalDate day) {}

    private final RetiredUseStore store;
    private final InstantSource clock;
    private final Executor background;
    private final Set<Seen> seen = ConcurrentHashMap.newKeySet();

    /// @param clock the store's
    /// @param background runs what may block; may refuse work, which is then done at the next use
    public RetiredRoutes(RetiredUseStore store, InstantSource clock, Executor background) {
        this.store = store;
        this.clock = clock;
        this.background = background;
    }

    /// Whether a route is served no more.
    boolean over(Route route) {
        return route.retirement().filter(one -> one.over(clock.instant())).isPresent();
    }

    /// `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and where to read more.
    static List<Header> headers(Route route) {
        return route.retirement().map(RetiredRoutes::headers).orElse(List.of());
    }

    private static List<Header> headers(Retirement retirement) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Deprecation", "@" + retirement.since().getEpochSecond()));
        retirement.endsAt().ifPresent(end -> headers.add(new Header("Sunset", DATE.format(end))));
        retirement.link().ifPresent(link -> headers.add(new Header("Link", "<" + link + ">; rel=\"deprecation\"")));
        return headers;
    }

    /// Notes that a call of a route was allowed.
    void used(HttpFacts call, Api api, Route route, Verdict.Allowed allowed) {
        if (route.retirement().isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Id credential = allowed.members().credential().id();
        Seen use = new Seen(api.id(), route.path().text(), credential, LocalDate.ofInstant(now, ZoneOffset.UTC));
        if (seen.size() >= MOST) {
            seen.removeIf(one -> one.day().isBefore(use.day()));
        }
        if (seen.size() >= MOST) {
            seen.clear();
        }
        if (!seen.add(use)) {
            return;
        }
        Id organization = allowed.members().organization().id();
        Act.Actor actor =
                new Act.Actor.Member(organization, allowed.members().holder().who(), credential);
        try {
            background.execute(() -> noted(use, organization, new Act(actor, call.id(), now)));
        } catch (RejectedExecutionException e) {
            seen.remove(use);
        }
    }

    private void noted(Seen use, Id organization, Act act) {
        try {
            var _ = store.used(new Use(use.api(), use.path(), use.credential(), organization, use.day()), act);
        } catch (FactsUnavailable e) {
            seen.remove(use);
        }
    }
}
