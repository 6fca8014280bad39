package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.key.CheckKeys;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.NewPasswords;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.quota.Limiter;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.server.connect.Outbound;
import dev.gatehouse.server.federation.ProviderVault;
import dev.gatehouse.server.http.Front;
import dev.gatehouse.server.http.Outcome;
import dev.gatehouse.server.observe.Observations;
import dev.gatehouse.server.reveal.SecretCopies;
import dev.gatehouse.server.signed.SealedKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The admin API behind its listener: finds the operation, has the caller verified against what the operation
/// needs, reads the body, verifies once more (a body may take its time), and runs the operation where blocking is
/// allowed.
public final class AdminFront implements Front {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Verifier verifier;
    private final Limiter limiter;
    private final Desk desk;
    private final Observations observations;

    /// The admin API over a store.
    ///
    /// @param keys those that tokens are made under
    /// @param checkKeys for the check of new keys
    /// @param pepper for the digest of new keys
    /// @param sealed encrypts keys that requests are signed with
    /// @param providers encrypts secrets of identity providers
    /// @param copies encrypts secrets that are told again
    /// @param outbound for connections
    /// @param random draws ids and secrets: a `SecureRandom`
    public AdminFront(
            Verifier verifier,
            Limiter limiter,
            Store store,
            Keys keys,
            CheckKeys checkKeys,
            Pepper pepper,
            NewPasswords passwords,
            SealedKeys sealed,
            ProviderVault providers,
            SecretCopies copies,
            Outbound outbound,
            RandomGenerator random,
            InstantSource clock,
            Observations observations) {
        this.verifier = verifier;
        this.limiter = limiter;
        this.observations = observations;
        this.desk =
                new Desk(store, keys, checkKeys, pepper, passwords, sealed, providers, copies, outbound, random, clock);
    }

    /// A request that may go on.
    private record Admitted(Operations.Found found, Presented presented, Api api, Ask ask) {}

    @Override
    public Outcome head(HttpFacts head) {
        return switch (admit(head)) {
            case Got.No<Admitted>(Problem problem) -> new Outcome.Answer(Problems.reply(problem));
            case Got.Value<Admitted>(Admitted admitted) -> admitted(admitted, head);
        };
    }

    private Got<Admitted> admit(HttpFacts head) {
        if (head.fromPage()) { // no page is served from here, so none has business here
            return Got.no(new Problem.FromBrowser());
        }
        return Operations.find(head.method(), head.path()).then(found -> {
            head.trace().route(Api.ADMIN, found.row().path()::text);
            return Bearer.read(head)
                    .then(presented -> adminApi()
                            .map(api -> new Admitted(
                                    found,
                                    presented,
                                    api,
                                    new Ask.Call(found.row().need(), head.from()))));
        });
    }

    private Outcome admitted(Admitted admitted, HttpFacts head) {
        Checked first = verifier.verify(admitted.presented(), admitted.api(), admitted.ask(), head.arrivedNanos());
        return switch (first) {
            case Checked.Refused(Refusal refusal) -> new Outcome.Answer(refused(refusal, head));
            case Checked.Allowed _, Checked.Cold _ ->
                admitted.found().row().writes()
                        ? new Outcome.ReadBody(StrictJson.MAX_BYTES, whole -> blocking(admitted, whole))
                        : blocking(admitted, head);
        };
    }

    private Outcome blocking(Admitted admitted, HttpFacts http) {
        return new Outcome.Block(Outcome.Work.ADMIN, () -> new Outcome.Answer(answer(admitted, http)));
    }

    private Reply answer(Admitted admitted, HttpFacts http) {
        try {
            Checked.Known checked =
                    verifier.verifyLoading(admitted.presented(), admitted.api(), admitted.ask(), http.arrivedNanos());
            return switch (checked) {
                case Checked.Allowed(Verdict.Allowed verdict) ->
                    switch (limiter.request(admitted.api(), verdict, http.from())) {
                        case Charge.TooMuch(Refusal.TooMany refusal) -> refused(refusal, http);
                        case Charge.Made _ -> {
                            observations.allowed(http, Api.ADMIN);
                            yield run(admitted.found(), verdict, http);
                        }
                    };
                case Checked.Refused(Refusal refusal) -> refused(refusal, http);
            };
        } catch (FactsUnavailable e) {
            return refused(unavailable("the database: " + e.getMessage()), http);
        }
    }

    private Reply refused(Refusal refusal, HttpFacts http) {
        observations.refused(http, Api.ADMIN, refusal);
        return Problems.reply(refusal);
    }

    private Reply run(Operations.Found found, Verdict.Allowed verdict, HttpFacts http) {
        Instant now = desk.clock().instant();
        View view = new View(
                desk.store().facts().apis(), verdict.members().organization().root(), now);
        boolean receipted = found.row().answer().receipted();
        Got<Reply> reply = found.row().writes()
                ? KeyedRequest.read(
                                http,
                                verdict.members().credential().id(),
                                Call.act(verdict, http, now),
                                desk,
                                (kept, receipt) -> receipted
                                        ? Receipts.on(
                                                kept,
                                                receipt,
                                                view.at(desk.clock().instant()))
                                        : kept)
                        .then(keyed -> keyed.isPresent()
                                ? once(keyed.get(), () -> operated(found, verdict, http, view, keyed))
                                : operated(found, verdict, http, view, keyed))
                : operated(found, verdict, http, view, Optional.empty());
        return switch (reply) {
            case Got.Value<Reply>(Reply done) -> found.row().writes() ? done : Etags.unlessKnown(http, done);
            case Got.No<Reply>(Problem problem) -> Problems.reply(problem);
        };
    }

    /// The reply of the time when the request had its effect, or that of now. Whoever is refused looks again: the
    /// same request may have had its effect meanwhile and be the very reason.
    private static Got<Reply> once(KeyedRequest request, Supplier<Got<Reply>> operated) {
        return request.before().orElseGet(() -> {
            Got<Reply> reply = operated.get();
            return switch (reply) {
                case Got.Value<Reply>(Reply done) -> request.keeping(done);
                case Got.No<Reply> no -> request.before().orElse(no);
            };
        });
    }

    private Got<Reply> operated(
            Operations.Found found, Verdict.Allowed verdict, HttpFacts http, View view, Optional<KeyedRequest> keyed) {
        Row row = found.row();
        Got<Given> given = row.writes()
                ? JsonBody.read(http).then(members -> row.form().read("", members))
                : row.form().read("", Map.of());
        return Query.read(http.query(), row.query())
                .then(query -> given.then(members -> {
                    Call call =
                            new Call(http, verdict, row.need(), found.variables(), query, members, desk, view, keyed);
                    return call.settled(() -> row.operation().run(call));
                }));
    }

    private Got<Api> adminApi() {
        return desk.store().facts().apis().stream()
                .filter(api -> api.name().equals(Api.ADMIN))
                .findFirst()
                .<Got<Api>>map(Got::of)
                .orElseGet(() -> Got.no(new Problem.Refused(unavailable("no admin Api yet"))));
    }

    private static Refusal unavailable(String what) {
        return new Refusal.Unavailable(what, RETRY);
    }

    @Override
    public Reply unreadable(Optional<HttpFacts> head, int status, String detail) {
        return Problems.unreadable(status, detail);
    }
}
