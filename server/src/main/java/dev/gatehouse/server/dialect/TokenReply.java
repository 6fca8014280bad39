package dev.gatehouse.server.dialect;

import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.quota.Charge;
import dev.gatehouse.core.store.TokenStore.Line;
import dev.gatehouse.core.token.RefreshString;
import dev.gatehouse.dialect.model.Input;
import dev.gatehouse.dialect.model.KeyShape;
import dev.gatehouse.dialect.model.Output;
import dev.gatehouse.dialect.model.TokenRule;
import dev.gatehouse.dialect.write.PublicUuid;
import dev.gatehouse.dialect.write.Result;
import dev.gatehouse.oauth.token.Issuer.Issued;
import dev.gatehouse.oauth.token.Minted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Answers with a token that was issued.
final class TokenReply {
    /// How long a refresh token counts that is not used, where the dialect does not say.
    private static final Duration IDLE = Duration.ofDays(14);

    private final Desk desk;

    TokenReply(Desk desk) {
        this.desk = desk;
    }

    /// The rule of a dialect for one kind of token.
    static Optional<TokenRule> rule(Asked asked, Input token) {
        return Optional.ofNullable(asked.dialect().tokens().get(token));
    }

    Reply of(Asked asked, Issued.Known issued) {
        return of(asked, issued, Result.NONE);
    }

    /// @param more is told besides
    Reply of(Asked asked, Issued.Known issued, Result more) {
        return switch (issued) {
            case Issued.Refused(Refusal refusal) -> asked.refused(refusal);
            case Issued.Token(Minted.Token token, Verdict.Allowed allowed, Charge.Made charge) -> {
                Optional<Refusal> why = tooOld(asked, token);
                if (why.isPresent()) {
                    yield asked.uncharged(asked.refused(why.get()), charge);
                }
                desk.observations()
                        .issued(asked.http(), asked.api(), allowed.members().credential());
                yield asked.answered(result(asked, token, allowed).and(more), charge);
            }
        };
    }

    /// What refreshes the tokens of a line, where the dialect has such.
    Result refresh(Asked asked, Minted.Token token, Line line) {
        return rule(asked, Input.REFRESH_TOKEN)
                .map(rule -> Result.NONE.with(
                        Output.REFRESH_TOKEN,
                        new RefreshString(
                                        token.claims().lineage().credential(),
                                        token.claims().lineage().generations(),
                                        endsAt(rule, line))
                                .text(asked.api().id(), desk.pepper())
                                .reveal()))
                .orElse(Result.NONE);
    }

    /// The same for all who are told of one refresh (GAUNTLET D02).
    private static Instant endsAt(TokenRule rule, Line line) {
        Instant idle = line.refreshedAt().plus(rule.life().orElse(IDLE));
        return rule.renewable()
                .map(most -> line.begunAt().plus(most))
                .filter(whole -> whole.isBefore(idle))
                .orElse(idle);
    }

    /// A dialect may let tokens be renewed for a shorter while than the decision does.
    private Optional<Refusal> tooOld(Asked asked, Minted.Token token) {
        Instant now = desk.store().clock().instant();
        return rule(asked, Input.ACCESS_TOKEN)
                .flatMap(TokenRule::renewable)
                .filter(_ -> token.claims().since().isPresent())
                .filter(most -> !now.isBefore(token.claims().begun().plus(most)))
                .map(_ -> new Refusal.Expired(Kind.TOKEN, token.claims().first()));
    }

    private static Result result(Asked asked, Minted.Token token, Verdict.Allowed allowed) {
        List<Organization> chain = allowed.members().chain();
        return Result.NONE
                .with(Output.ACCESS_TOKEN, token.text().reveal())
                .with(Output.EXPIRES_IN, token.lifeSeconds())
                .with(Output.EXPIRES_AT, token.claims().expiresAt())
                .with(Output.SCOPES, token.claims().scopes().list())
                .with(Output.ORGANIZATION, spelt(asked, chain.getFirst().id()))
                .with(
                        Output.ROOT_ORGANIZATION,
                        spelt(asked, chain.get(Math.max(0, chain.size() - 2)).id()))
                .with(Output.CLIENT_ID, allowed.members().holder().subject())
                .with(Output.APIS, Products.of(asked.api(), allowed));
    }

    /// The id of an organization as the dialect's callers know it.
    static String spelt(Asked asked, Id organization) {
        return asked.dialect().keys().get(Input.ORGANIZATION) == KeyShape.UUID
                ? PublicUuid.of(organization)
                : organization.text();
    }
}
