package dev.gatehouse.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.Forger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What tokens say of how somebody had signed in who granted them (ADR 0044).
class SureTokenTest extends JwtAttackFixture {
    private static final Lineage.Granted YES =
            new Lineage.Granted(new Id(Kind.GRANT, 5), new Id(Kind.APPLICATION, 6), true);
    private static final String KEY = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

    private Claims granted(Api api) {
        world.minter.ensureKey(api);
        Verdict.Allowed user = world.allowedUser(api, "shop-backend");
        Claims minted = ((Minted.Token) world.minter.mint(user)).claims();
        return of(minted, minted.lineage().by(YES), Optional.empty());
    }

    private static Claims of(Claims one, Lineage lineage, Optional<Confirmation> key) {
        return new Claims(
                one.id(),
                one.api(),
                one.subject(),
                one.clientId(),
                lineage,
                one.scopes(),
                one.issuedAt(),
                one.expiresAt(),
                one.origin(),
                one.since(),
                key,
                one.actors(),
                one.details());
    }

    @Test
    void bothFormatsGiveItBack() {
        for (Api api : world.apis) {
            Claims sure = granted(api);
            for (Claims claims : List.of(sure, sure.unsure())) {
                String text = world.formats.write(claims, api, false).orElseThrow();
                assertThat(world.formats.read(Secret.of(text), api))
                        .as(api.name())
                        .isEqualTo(new Read.Proven(claims));
            }
        }
    }

    /// Each bit of what a sealed token says stands for itself.
    @Test
    void itStandsBesideWhatElseATokenSays() {
        Claims sure = granted(world.sealed);
        Lineage plain = sure.lineage();
        Lineage passed = new Lineage(
                plain.organization(),
                plain.member(),
                plain.credential(),
                Optional.empty(),
                Optional.of(YES),
                List.of(new Id(Kind.TOKEN, 8)),
                List.of(new Lineage.Passed(
                        new Id(Kind.APPLICATION, 9), new Id(Kind.CREDENTIAL, 10), Lineage.As.SUBJECT)),
                plain.generations());
        List<Claims> all = new ArrayList<>();
        for (Lineage lineage : List.of(plain, passed)) {
            all.add(of(sure, lineage, Optional.empty()));
            all.add(of(sure, lineage, Optional.of(Confirmation.key(KEY))));
            all.add(of(sure, lineage, Optional.of(Confirmation.certificate(KEY))));
        }
        for (Claims claims : all) {
            assertThat(SealedClaims.decode(SealedClaims.encode(claims), world.sealed.id()))
                    .contains(claims);
        }
    }

    /// Among nodes of a release before, which could not read it, it is not said: less, never more.
    @Test
    void itIsLeftOutWhileSomebodyDoesNotKnowIt() {
        TokenFormats careful = new TokenFormats(world.keys, world.clock, 10, () -> false);
        Claims sure = granted(world.sealed);
        String text = careful.write(sure, world.sealed, false).orElseThrow();
        assertThat(world.formats.read(Secret.of(text), world.sealed)).isEqualTo(new Read.Proven(sure.unsure()));
    }

    /// What was asked of people since all knew it holds whoever comes back.
    @Test
    void onceAllKnowItTheyDo() {
        AtomicBoolean all = new AtomicBoolean();
        TokenFormats formats = new TokenFormats(world.keys, world.clock, 10, all::get);
        assertThat(formats.marked()).isFalse();
        all.set(true);
        assertThat(formats.marked()).isTrue();
        TokenFormats begun = new TokenFormats(world.keys, world.clock, 10, all::get);
        all.set(false);
        assertThat(formats.marked()).isTrue();
        assertThat(begun.marked()).as("as the node began").isTrue();
    }

    @Test
    void nothingElseIsOurs() {
        Api api = world.es256;
        Claims sure = granted(api);
        Forger forger = new Forger(world, api);
        String good = new String(JwtClaims.encode(sure, api), StandardCharsets.UTF_8);
        String plain = new String(JwtClaims.encode(sure.unsure(), api), StandardCharsets.UTF_8);
        assertThat(accepted(forger.token(forger.header(), good), api)).isTrue();
        assertThat(accepted(forger.token(forger.header(), plain), api)).isTrue();
        assertThat(plain).doesNotContain("acr");
        for (String acr : List.of("1", "3", "", "22")) {
            refused(forger.token(forger.header(), with(plain, "\"acr\":\"" + acr + "\"")), api);
        }
        refused(forger.token(forger.header(), with(plain, "\"acr\":2")), api);
        refused(forger.token(forger.header(), with(good, "\"acr\":\"2\"")), api);
        refused(forger.token(forger.header(), with(forger.payload(), "\"acr\":\"2\"")), api);
    }
}
