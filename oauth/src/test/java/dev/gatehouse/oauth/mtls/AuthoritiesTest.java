package dev.gatehouse.oauth.mtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.http.CallerCertificate;
import dev.gatehouse.testkit.TestAuthority;
import dev.gatehouse.testkit.TestAuthority.Issued;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whose word about a certificate counts (RFC 5280 section 6.1).
class AuthoritiesTest {
    private final Instant now = Instant.now();
    private final Instant later = now.plus(10, ChronoUnit.DAYS);
    private final Instant latest = now.plus(15, ChronoUnit.DAYS);

    private final TestAuthority root = TestAuthority.root("root", latest, 1);
    private final TestAuthority between = root.below("between", later, 0);

    private static Authorities of(TestAuthority... known) {
        return new Authorities(Stream.of(known).map(TestAuthority::certificate).toList());
    }

    private static boolean vouch(Authorities authorities, Instant now, Issued leaf, TestAuthority... beside) {
        List<X509Certificate> chain = Stream.concat(
                        Stream.of(leaf.certificate()), Stream.of(beside).map(TestAuthority::certificate))
                .toList();
        return authorities.vouch(CallerCertificate.of(chain).orElseThrow(), now);
    }

    @Test
    void aRootVouchesWhileItIsInTime() {
        Issued leaf = root.issue("EC", now.plus(20, ChronoUnit.DAYS), "a.example");
        assertThat(vouch(of(root), now, leaf)).isTrue();
        assertThat(vouch(of(root), latest.plusSeconds(1), leaf)).isFalse();
        assertThat(vouch(Authorities.NONE, now, leaf)).isFalse();
        assertThat(vouch(of(TestAuthority.root("root", latest, 1)), now, leaf))
                .as("another of the same name")
                .isFalse();
    }

    @Test
    void anIntermediateLeadsToItsRootWhereverItComesFrom() {
        Issued leaf = between.issue("EC", now.plus(20, ChronoUnit.DAYS), "a.example");
        assertThat(vouch(of(root, between), now, leaf)).isTrue();
        assertThat(vouch(of(root), now, leaf, between)).isTrue();
        assertThat(vouch(of(root), now, leaf)).isFalse();
        assertThat(vouch(of(root, between), later.plusSeconds(1), leaf))
                .as("the intermediate is over")
                .isFalse();
    }

    @Test
    void nobodySignsBelowWhoMayNotHaveItSo() {
        TestAuthority tooDeep = between.below("deep", later, 0);
        assertThat(vouch(of(root, between), now, tooDeep.issue("a.example"), tooDeep))
                .as("the intermediate lets nobody")
                .isFalse();
        TestAuthority flat = TestAuthority.root("flat", latest, 0);
        TestAuthority below = flat.below("below", later, 0);
        assertThat(vouch(of(flat), now, below.issue("a.example"), below))
                .as("nor does the root")
                .isFalse();
    }

    @Test
    void allOfAPathIsForClients() {
        assertThat(vouch(of(root), now, root.issueFor(2))).isTrue();
        assertThat(vouch(of(root), now, root.issueFor(1, 2))).isTrue();
        assertThat(vouch(of(root), now, root.issueFor(1))).isFalse();
        TestAuthority servers = root.below("servers", later, 0, 1);
        assertThat(vouch(of(root, servers), now, servers.issueFor(2))).isFalse();
        TestAuthority clients = root.below("clients", later, 0, 2);
        assertThat(vouch(of(root, clients), now, clients.issueFor(2))).isTrue();
    }

    @Test
    void anAuthorityIsNoClient() {
        CallerCertificate shown =
                CallerCertificate.of(List.of(between.certificate())).orElseThrow();
        assertThat(of(root).vouch(shown, now)).isFalse();
    }

    @Test
    void whatIsNoAuthorityOrLeadsNowhereIsRefused() {
        X509Certificate leaf = root.issue("a.example").certificate();
        assertThatThrownBy(() -> new Authorities(List.of(root.certificate(), leaf)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not one of an authority");
        assertThatThrownBy(() -> of(between))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CN=between");
        assertThatThrownBy(() -> of(TestAuthority.root("other", latest, 1), between))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CN=between");
    }
}
