package dev.gatehouse.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.net.Origin;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Lineage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What domain keys and their tokens may do (GAUNTLET I01-I03, I07).
class PagesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Optional<Origin> SHOP = Origin.parse("https://shop.example");
    private static final Optional<Origin> BELOW = Origin.parse("https://a.shop.example");
    private static final Optional<Origin> FOREIGN = Origin.parse("https://evil.example");
    private static final Need READ = new Need.AnyOf(Scopes.of("read"));

    private static final World WORLD = World.standard()
            .with(new Reach.Only(Rights.at(World.API, Scopes.of("write"))))
            .with(only("https://shop.example", "https://*.shop.example"));

    private static Restrictions only(String... origins) {
        return new Restrictions(
                Restriction.unrestricted(),
                Restriction.unrestricted(),
                Restriction.ofListed(List.of(origins).stream()
                        .map(text -> OriginPattern.parse(text).orElseThrow())
                        .toList()));
    }

    /// The Api of the world, where reading is browser-safe, and writing, which implies it, is not.
    private static Api api(boolean safe) {
        Api api = WORLD.api();
        return api.with(Catalogue.of(Map.of(
                "read", new Catalogue.Entry("read", Scopes.NONE, safe),
                "write", new Catalogue.Entry("write", Scopes.of("read")))));
    }

    private static Facts key(World world) {
        return new Facts.Direct(api(true), world.members(CredentialKind.DOMAIN_KEY));
    }

    private static Verdict mint(World world, Optional<Origin> page) {
        return Decision.decide(key(world), new Ask.Mint(Optional.empty(), World.HERE, page), NOW);
    }

    private static Facts.Derived token(World world, Optional<Origin> bound, Optional<Instant> since) {
        Claims first = world.token(key(world), Scopes.of("read"), NOW).claims();
        Lineage lineage = first.lineage();
        Claims claims = new Claims(
                first.id(),
                first.api(),
                first.subject(),
                first.clientId(),
                since.isEmpty()
                        ? lineage
                        : new Lineage(
                                lineage.organization(),
                                lineage.member(),
                                lineage.credential(),
                                lineage.customer(),
                                List.of(first.id()),
                                lineage.generations()),
                first.scopes(),
                NOW,
                NOW.plusSeconds(900),
                bound,
                since,
                Optional.empty(),
                List.of());
        return new Facts.Derived(api(true), world.members(CredentialKind.DOMAIN_KEY), Optional.empty(), claims, false);
    }

    private static Verdict call(Facts.Derived token, Optional<Origin> page) {
        return Decision.decide(token, new Ask.Call(READ, World.HERE, page), NOW);
    }

    private static Verdict renew(Facts.Derived token, Optional<Origin> page, Instant now) {
        return Decision.decide(
                token, new Ask.Renew(Optional.empty(), World.HERE, page, Set.of(CredentialKind.DOMAIN_KEY)), now);
    }

    private static String why(Verdict verdict) {
        return verdict instanceof Verdict.Refused(Refusal refusal) ? refusal.reason() : "allowed";
    }

    @Test
    void aKeyIsExchangedByItsPagesAndTheTokenIsBoundToTheOneThatAsked() {
        assertThat(mint(WORLD, SHOP)).isInstanceOfSatisfying(Verdict.Allowed.class, allowed -> {
            assertThat(allowed.origin()).isEqualTo(SHOP);
            assertThat(allowed.scopes()).isEqualTo(Scopes.of("read"));
        });
        assertThat(mint(WORLD, BELOW))
                .isInstanceOfSatisfying(
                        Verdict.Allowed.class,
                        allowed -> assertThat(allowed.origin()).isEqualTo(BELOW));
        assertThat(why(mint(WORLD, FOREIGN))).isEqualTo("wrong_origin");
        assertThat(why(mint(WORLD, Optional.empty()))).isEqualTo("wrong_origin");
    }

    @Test
    void aKeyWithoutOriginsIsForNoPage() {
        assertThat(why(mint(WORLD.with(Restrictions.NONE), SHOP))).isEqualTo("wrong_origin");
    }

    @Test
    void aKeyCarriesWhatIsBrowserSafeNowAndNothingElse() {
        Facts unsafe = new Facts.Direct(api(false), WORLD.members(CredentialKind.DOMAIN_KEY));
        assertThat(why(Decision.decide(unsafe, new Ask.Mint(Optional.empty(), World.HERE, SHOP), NOW)))
                .isEqualTo("bad_scope");
        Ask writing = new Ask.Mint(Optional.of(Scopes.of("write")), World.HERE, SHOP);
        assertThat(why(Decision.decide(key(WORLD), writing, NOW))).isEqualTo("bad_scope");
        assertThat(why(Decision.decide(
                        new Facts.Direct(api(true), WORLD.members(CredentialKind.SECRET)), writing, NOW)))
                .isEqualTo("allowed");
    }

    @Test
    void aKeyOpensNothingBesidesTokens() {
        assertThat(why(Decision.decide(key(WORLD), new Ask.Call(READ, World.HERE, SHOP), NOW)))
                .isEqualTo("wrong_use");
        assertThat(why(Decision.decide(key(WORLD), new Ask.Authenticate(World.HERE), NOW)))
                .isEqualTo("wrong_origin");
        Facts acting =
                new Facts.Acting(api(true), WORLD.members(CredentialKind.DOMAIN_KEY), Optional.of(WORLD.subject()));
        assertThat(why(Decision.decide(acting, new Ask.Mint(Optional.empty(), World.HERE, SHOP), NOW)))
                .isEqualTo("wrong_use");
    }

    @Test
    void aTokenIsForTheOneOriginThatItWasIssuedTo() {
        Facts.Derived token = token(WORLD, SHOP, Optional.empty());
        assertThat(why(call(token, SHOP))).isEqualTo("allowed");
        assertThat(why(call(token, BELOW))).isEqualTo("wrong_origin");
        assertThat(why(call(token, FOREIGN))).isEqualTo("wrong_origin");
        assertThat(why(call(token, Optional.empty()))).isEqualTo("wrong_origin");
        assertThat(why(Decision.decide(token, new Ask.Introspect(), NOW))).isEqualTo("allowed");
    }

    @Test
    void aTokenOfAKeyThatNamesNoOriginIsForNobody() {
        assertThat(why(call(token(WORLD, Optional.empty(), Optional.empty()), SHOP)))
                .isEqualTo("wrong_origin");
        assertThat(why(call(token(WORLD, Optional.empty(), Optional.empty()), Optional.empty())))
                .isEqualTo("wrong_origin");
    }

    @Test
    void takingAnOriginAwayEndsItsTokens() {
        Facts.Derived before = token(WORLD, SHOP, Optional.empty());
        World later = WORLD.with(only("https://other.example"));
        Facts.Derived now = new Facts.Derived(
                api(true), later.members(CredentialKind.DOMAIN_KEY), Optional.empty(), before.claims(), false);
        assertThat(why(call(now, SHOP))).isEqualTo("wrong_origin");
        assertThat(why(Decision.decide(now, new Ask.Introspect(), NOW))).isEqualTo("wrong_origin");
        assertThat(Decision.decide(before, new Ask.Introspect(), NOW)).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void aTokenIsRenewedByItsPageAndNamesTheFirstOfItsLine() {
        Facts.Derived token = token(WORLD, SHOP, Optional.empty());
        assertThat(renew(token, SHOP, NOW)).isInstanceOfSatisfying(Verdict.Allowed.class, allowed -> {
            assertThat(allowed.origin()).isEqualTo(SHOP);
            assertThat(allowed.lineage().tokens())
                    .containsExactly(token.claims().id());
        });
        Facts.Derived second = token(WORLD, SHOP, Optional.of(NOW.minusSeconds(600)));
        assertThat(renew(second, SHOP, NOW))
                .isInstanceOfSatisfying(
                        Verdict.Allowed.class,
                        allowed -> assertThat(allowed.lineage().tokens())
                                .isEqualTo(second.claims().lineage().tokens()));
        assertThat(why(renew(token, BELOW, NOW))).isEqualTo("wrong_origin");
        assertThat(why(renew(token, Optional.empty(), NOW))).isEqualTo("wrong_origin");
    }

    /// GAUNTLET D09.
    @Test
    void aLineOfTokensIsRenewedForEightHoursInAll() {
        Instant first = NOW.minus(TokenPolicy.MAX_RENEWAL);
        Facts.Derived last = token(WORLD, SHOP, Optional.of(first.plusSeconds(1)));
        assertThat(why(renew(last, SHOP, NOW.plusMillis(999)))).isEqualTo("allowed");
        assertThat(why(renew(last, SHOP, NOW.plusSeconds(1)))).isEqualTo("tok_expired");
        assertThat(why(renew(last, SHOP, NOW.plusSeconds(1).plusMillis(1)))).isEqualTo("tok_expired");
    }

    @Test
    void whatHasEndedIsNotRenewed() {
        Facts.Derived token = token(WORLD, SHOP, Optional.empty());
        assertThat(why(renew(token, SHOP, NOW.plus(Duration.ofMinutes(15))))).isEqualTo("tok_expired");
        Facts.Derived dead = new Facts.Derived(token.api(), token.members(), token.subject(), token.claims(), true);
        assertThat(why(renew(dead, SHOP, NOW))).isEqualTo("tok_revoked");
        World cut = WORLD.with(
                World.Place.CREDENTIAL,
                standing -> new Standing(standing.holds(), standing.revoked(), 1, standing.window(), 1));
        Facts.Derived superseded = new Facts.Derived(
                token.api(), cut.members(CredentialKind.DOMAIN_KEY), token.subject(), token.claims(), false);
        assertThat(why(renew(superseded, SHOP, NOW))).isEqualTo("cred_cut");
    }

    @Test
    void onlyTokensOfTheKindsThatAreAskedForAreRenewed() {
        Facts.Derived token = WORLD.token(Scopes.of("read"), NOW);
        assertThat(why(renew(token, SHOP, NOW))).isEqualTo("wrong_use");
        Ask secrets = new Ask.Renew(Optional.empty(), World.HERE, Optional.empty(), Set.of(CredentialKind.SECRET));
        assertThat(Decision.decide(token, secrets, NOW))
                .isInstanceOfSatisfying(
                        Verdict.Allowed.class,
                        allowed -> assertThat(allowed.origin()).isEmpty());
        assertThat(why(Decision.decide(WORLD.direct(CredentialKind.SECRET), secrets, NOW)))
                .isEqualTo("wrong_use");
    }

    @Test
    void endingOneTokenOfALineEndsTheLineUntilTheLastCouldHaveEnded() {
        Claims first = token(WORLD, SHOP, Optional.empty()).claims();
        assertThat(first.first()).isEqualTo(first.id());
        assertThat(first.lineEnd()).isEqualTo(NOW.plus(TokenPolicy.MAX_RENEWAL));
        Claims later = token(WORLD, SHOP, Optional.of(NOW.minusSeconds(60))).claims();
        assertThat(later.first()).isEqualTo(later.lineage().tokens().getFirst());
        assertThat(later.lineEnd()).isEqualTo(NOW.minusSeconds(60).plus(TokenPolicy.MAX_RENEWAL));
        Claims plain = WORLD.token(Scopes.of("read"), NOW).claims();
        assertThat(plain.lineEnd()).isEqualTo(plain.expiresAt());
        assertThat(plain.lineEnd(true))
                .as("where tokens are renewed it may have been")
                .isEqualTo(plain.issuedAt().plus(TokenPolicy.MAX_RENEWAL));
        assertThat(plain.first().kind()).isEqualTo(Kind.TOKEN);
    }
}
