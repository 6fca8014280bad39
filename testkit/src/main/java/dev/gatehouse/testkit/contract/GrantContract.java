package dev.gatehouse.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.secret.Digest;
import dev.gatehouse.core.store.GrantStore;
import dev.gatehouse.core.store.GrantStore.Redeemed;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Grant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What users grant applications: codes that work once, consents that are remembered, and their end.
public abstract class GrantContract extends GrantFixture {
    @Test
    void aCodeIsRedeemedOnceAndReadBackAsItWas() {
        Grant grant = grant(somebody("alice"), application("app"), PLAIN);
        int before = trail().size();
        Digest code = digest();
        done(grants().open(grant, code, Nouns.NOW.plus(CODE), true, act));
        audited(before, "grant.open", grant.id());
        assertThat(trail().getFirst().detail()).contains("\"answer\":\"code\"");
        Redeemed redeemed = done(grants().redeem(List.of(digest(), code), redemption(grant), act));
        assertThat(redeemed).isEqualTo(new Redeemed.First(grant));
        assertThat(dead(grant)).isFalse();
    }

    /// ADR 0044: whoever is issued a token on it later is told how its user had signed in.
    @Test
    void itIsKnownOfAGrantWhetherItsUserHadShownASecondFactor() {
        for (List<String> methods : List.of(List.of("pwd", "otp", "mfa"), List.of("hwk", "pop"))) {
            boolean sure = methods.contains("mfa");
            Grant grant = of(grant(somebody(sure ? "alice" : "bob"), application("app-" + sure), PLAIN), methods);
            Digest code = opened(grant);
            assertThat(done(grants().redeem(List.of(code), redemption(grant), act)))
                    .isEqualTo(new Redeemed.First(grant));
            assertThat(grant.claims().lineage().granted().orElseThrow().sure()).isEqualTo(sure);
        }
    }

    /// Whatever else it says of that.
    private static Grant of(Grant one, List<String> methods) {
        Claims claims = one.claims();
        Claims said = new Claims(
                claims.id(),
                claims.api(),
                claims.subject(),
                claims.clientId(),
                claims.lineage().by(claims.lineage().granted().orElseThrow().sure(!methods.contains("mfa"))),
                claims.scopes(),
                claims.issuedAt(),
                claims.expiresAt());
        return new Grant(said, one.user(), one.session(), one.authenticated(), methods, one.binding(), one.nonce());
    }

    /// OpenID Connect Core section 5.5.
    @Test
    void whatAClientAskedToBeToldIsRememberedWithTheGrant() {
        Grant plain = grant(somebody("alice"), application("app"), PLAIN);
        Grant asking = grant(somebody("bob"), application("other"), PLAIN).asking(Optional.of("{\"userinfo\":{}}"));
        opened(plain);
        Digest code = opened(asking);
        assertThat(grants().asked(plain.id())).contains(new GrantStore.Asked(Optional.empty()));
        assertThat(grants().asked(asking.id())).contains(new GrantStore.Asked(Optional.of("{\"userinfo\":{}}")));
        assertThat(done(grants().redeem(List.of(code), redemption(asking), act)))
                .isEqualTo(new Redeemed.First(asking));
        assertThat(grants().asked(asking.id())).contains(new GrantStore.Asked(Optional.of("{\"userinfo\":{}}")));
        assertThat(grants().asked(nouns.id(Kind.GRANT))).isEmpty();
    }

    /// GAUNTLET B01.
    @Test
    void aCodeThatIsShownAgainEndsWhatWasIssuedOnIt() {
        Grant grant = grant(somebody("alice"), application("app"), PLAIN);
        Digest code = opened(grant);
        done(grants().redeem(List.of(code), redemption(grant), act));
        Stored<Redeemed> again = grants().redeem(List.of(code), redemption(grant), act);
        assertThat(done(again)).isEqualTo(new Redeemed.Again(grant.id()));
        assertThat(((Stored.Done<Redeemed>) again).receipt()).isPresent();
        assertThat(dead(grant)).isTrue();
        assertThat(grants().refreshable(grant.id(), Nouns.NOW)).isEmpty();
        assertThat(trail().getFirst().verb()).isEqualTo("grant.end");
    }

    /// GAUNTLET B03, B06.
    @Test
    void whatIsShownByAnotherOrIsBoundOtherwiseIsBurnt() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Application other = application("other");
        List<GrantStore.Redemption> wrong = List.of(
                new GrantStore.Redemption(
                        installed.admin().id(), other.id(), BOUND, true, Nouns.NOW.plus(IDLE), Nouns.NOW.plus(TOKEN)),
                bound("https://app.example.com/other", Optional.of("challenge"), application),
                bound("https://app.example.com/cb", Optional.of("other"), application),
                bound("https://app.example.com/cb", Optional.empty(), application));
        for (GrantStore.Redemption redemption : wrong) {
            Grant grant = grant(alice, application, PLAIN);
            Digest code = opened(grant);
            assertThat(done(grants().redeem(List.of(code), redemption, act))).isEqualTo(new Redeemed.Wrong(grant.id()));
            assertThat(done(grants().redeem(List.of(code), redemption(grant), act)))
                    .isEqualTo(new Redeemed.Again(grant.id()));
        }
    }

    private GrantStore.Redemption bound(String redirect, Optional<String> challenge, Application application) {
        return new GrantStore.Redemption(
                installed.admin().id(),
                application.id(),
                new Grant.Binding(Optional.of(redirect), challenge, BOUND.key()),
                true,
                Nouns.NOW.plus(IDLE),
                Nouns.NOW.plus(TOKEN));
    }

    @Test
    void aCodeEndsWithItsTimeAndIsForItsApi() {
        Grant grant = grant(somebody("alice"), application("app"), PLAIN);
        Digest code = opened(grant);
        Instant end = Nouns.NOW.plus(CODE);
        GrantStore.Redemption elsewhere = new GrantStore.Redemption(
                nouns.id(Kind.API), grant.application(), BOUND, true, Nouns.NOW.plus(IDLE), Nouns.NOW.plus(TOKEN));
        assertThat(done(grants().redeem(List.of(code), elsewhere, act))).isEqualTo(new Redeemed.None());
        assertThat(done(grants().redeem(List.of(digest()), redemption(grant), act)))
                .isEqualTo(new Redeemed.None());
        assertThat(done(grants().redeem(List.of(code), redemption(grant), at(end))))
                .isEqualTo(new Redeemed.None());
        assertThat(done(grants().redeem(List.of(code), redemption(grant), at(end.minusMillis(1)))))
                .isEqualTo(new Redeemed.First(grant));
    }

    /// GAUNTLET B02.
    @Test
    void ofManyWhoRedeemACodeAtOnceOneIsFirstAndNothingIsLeftOfIt() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        for (int round = 0; round < 20; round++) {
            Grant grant = grant(alice, application, PLAIN);
            Digest code = opened(grant);
            List<Redeemed> results =
                    Race.race(Race.callers(_ -> () -> done(grants().redeem(List.of(code), redemption(grant), act))));
            assertThat(results).containsOnlyOnce(new Redeemed.First(grant));
            assertThat(results.stream().filter(one -> one.equals(new Redeemed.Again(grant.id()))))
                    .hasSize(Race.CALLERS - 1);
            assertThat(dead(grant)).isTrue();
            assertThat(grants().refreshable(grant.id(), Nouns.NOW)).isEmpty();
        }
    }

    /// OpenID Connect Core section 3.2: nothing is redeemed, so what is answered once is the request.
    @Test
    void ofManyWhoAnswerARequestAtOnceWithTokensOneIsFirst() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Instant over = Nouns.NOW.plus(TOKEN);
        for (int round = 0; round < 10; round++) {
            Digest request = digest();
            List<Stored<Grant>> results = Race.race(Race.callers(_ -> {
                Grant grant = grant(alice, application, PLAIN);
                return () -> grants().openAnswered(grant, request, over, true, Optional.empty(), act);
            }));
            assertThat(results).filteredOn(Stored.Done.class::isInstance).hasSize(1);
            assertThat(results)
                    .filteredOn(one -> !(one instanceof Stored.Done))
                    .allMatch(Stored.Moved.class::isInstance);
            Grant first = done(results.stream()
                    .filter(Stored.Done.class::isInstance)
                    .findFirst()
                    .orElseThrow());
            assertThat(grants().coded(List.of(request), first.claims().api(), Nouns.NOW))
                    .map(GrantStore.Coded::fresh)
                    .contains(false);
            assertThat(grants().refreshable(first.id(), Nouns.NOW)).isEmpty();
        }
    }

    @Test
    void whatIsAnsweredWithTokensEndsWithItsConsentAndIsNotAnsweredAgain() {
        Somebody alice = somebody("alice");
        Application application = application("app");
        Digest request = digest();
        Instant over = Nouns.NOW.plus(TOKEN);
        Grant first = grant(alice, application, PLAIN);
        assertThat(grants().openAnswered(first, request, over, false, Optional.empty(), act))
                .isInstanceOf(Stored.Conflict.class);
        done(grants().openAnswered(first, request, over, true, Optional.empty(), act));
        assertThat(trail().getFirst().detail()).contains("\"answer\":\"tokens\"");
        assertThat(dead(first)).isFalse();
        done(grants().withdraw(alice.user().id(), application.id(), act));
        assertThat(dead(first)).isTrue();
        Grant again = grant(alice, application, PLAIN);
        assertThat(grants().openAnswered(again, request, over, true, Optional.empty(), at(over.minusMillis(1))))
                .isInstanceOf(Stored.Moved.class);
    }

    @Test
    void whatACodeIsOfCanBeLookedAtWithoutRedeemingIt() {
        Grant grant = grant(somebody("alice"), application("app"), PLAIN);
        Digest code = opened(grant);
        Id api = installed.admin().id();
        for (int i = 0; i < 2; i++) {
            assertThat(grants().coded(List.of(digest(), code), api, Nouns.NOW))
                    .contains(new GrantStore.Coded(grant, true));
        }
        assertThat(grants().coded(List.of(code), api, Nouns.NOW.plus(CODE)))
                .contains(new GrantStore.Coded(grant, false));
        assertThat(grants().coded(List.of(code), nouns.id(Kind.API), Nouns.NOW)).isEmpty();
        assertThat(grants().coded(List.of(digest()), api, Nouns.NOW)).isEmpty();
        assertThat(done(grants().redeem(List.of(code), redemption(grant), act))).isEqualTo(new Redeemed.First(grant));
        assertThat(grants().coded(List.of(code), api, Nouns.NOW)).contains(new GrantStore.Coded(grant, false));
    }
}
