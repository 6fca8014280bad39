package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.secret.Pepper;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.GrantStore.Coded;
import dev.gatehouse.core.store.GrantStore.Redeemed;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The authorization code grant (RFC 6749 section 4.1.3).
public final class CodeGrant {
    /// By which scanners find leaked codes.
    public static final String PREFIX = "gtc_";

    /// How many random bytes follow, in base64url.
    public static final int BYTES = 32;

    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    /// A code that is good, and is still to be redeemed.
    record Shown(
            Grant grant,
            List<Digest> code,
            Grant.Binding binding,
            Optional<Confirmation> bound,
            Application application) {}

    private final GrantStore grants;
    private final Pepper pepper;
    private final InstantSource clock;

    /// Codes are found by their digests under `pepper`.
    public CodeGrant(GrantStore grants, Pepper pepper, InstantSource clock) {
        this.grants = grants;
        this.pepper = pepper;
        this.clock = clock;
    }

    /// What the code of a request is of. One that is not good is burnt by this; one that is made up is not even
    /// written for.
    Step<Shown> read(GrantTurn turn) {
        Form form = turn.form();
        Application application = turn.application();
        Optional<String> code = form.value("code");
        if (code.isEmpty()) {
            return new Step.No<>(new OAuthError.InvalidRequest("code is missing"), new Refusal.Malformed("code"));
        }
        if (!FORM.matcher(code.get()).matches()) {
            return bad(new Refusal.BadCredential("no such code"));
        }
        List<Digest> digests = pepper.digests(Secret.of(code.get()));
        Instant now = clock.instant();
        Optional<Coded> found = grants.coded(digests, turn.api().id(), now);
        if (found.isEmpty()) {
            return bad(new Refusal.BadCredential("no such code"));
        }
        Grant grant = found.get().grant();
        Grant.Binding binding = new Grant.Binding(
                form.value("redirect_uri"), form.value("code_verifier").map(Pkce::of), turn.proven());
        Shown shown = new Shown(grant, digests, binding, turn.key(), application);
        boolean good = found.get().fresh()
                && grant.application().equals(application.id())
                && grant.binding().shown(binding);
        return good
                ? new Step.On<>(shown)
                : redeem(turn.http(), shown, now, false).then(_ -> bad(new Refusal.BadCredential("the code is over")));
    }

    /// Redeems the code. From here on it is burnt, whatever comes of it.
    ///
    /// @param tokenEnds when the access token ends that is handed out for it
    /// @param kept whether the client keeps the refresh token that it gets
    Step<Grant> redeem(HttpFacts http, Shown shown, Instant tokenEnds, boolean kept) {
        Instant now = clock.instant();
        GrantStore.Redemption redemption = new GrantStore.Redemption(
                shown.grant().claims().api(),
                shown.application().id(),
                shown.binding(),
                shown.application().terms().uses(GrantType.REFRESH_TOKEN),
                now.plus(GrantLives.idle(kept)),
                tokenEnds,
                // RFC 9449 section 5: whoever proves itself may have another key next time
                shown.application().terms().open() ? shown.bound() : Optional.empty());
        Act act = new Act(new Act.Actor.Itself("token endpoint"), http.id(), now);
        Stored<Redeemed> stored = grants.redeem(shown.code(), redemption, act);
        if (!(stored instanceof Stored.Done<Redeemed>(Redeemed redeemed, var _))) {
            throw new FactsUnavailable("a code could not be redeemed");
        }
        return switch (redeemed) {
            case Redeemed.First(Grant grant) -> new Step.On<>(grant);
            case Redeemed.Wrong(Id _) ->
                bad(new Refusal.BadCredential("the code is another client's, or bound to something else"));
            case Redeemed.Again(Id grant) -> bad(new Refusal.Revoked(Kind.GRANT, grant));
            case Redeemed.None() -> bad(new Refusal.BadCredential("no such code"));
        };
    }

    private static <T> Step<T> bad(Refusal refusal) {
        return new Step.No<>(new OAuthError.InvalidGrant(), refusal);
    }
}
