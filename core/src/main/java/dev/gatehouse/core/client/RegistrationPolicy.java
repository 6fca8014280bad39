package dev.gatehouse.core.client;

import dev.gatehouse.core.limit.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who may register clients at an Api by themselves, and as what (RFC 7591). Whom it names is looked up when
/// somebody registers: where that is not there, nobody does.
///
/// @param organization whose applications they become: names from below the provider's down; the provider's own
///     when empty
/// @param role what each of them may do at most: the role of this name that is highest up, from the provider's
///     organization down to that one
/// @param open whether it takes no initial access token (RFC 7591 section 3)
/// @param documents whether a URL is a client, too, that shows its metadata there (Client ID Metadata Documents)
/// @param grants those that clients may have
/// @param methods the ways in which they may authenticate
/// @param hosts where they may be answered: hosts, or schemes of private use; anywhere when empty
/// @param pkceRequired whether those with a secret or keys have to use PKCE, too
/// @param most how many of them may be there that are not revoked
/// @param rate how often one address may register
/// @param unused after which time without any use they end; never when empty
public record RegistrationPolicy(
        List<String> organization,
        String role,
        boolean open,
        boolean documents,
        Set<GrantType> grants,
        Set<ClientMethod> methods,
        Set<String> hosts,
        boolean pkceRequired,
        long most,
        Rate rate,
        Optional<Duration> unused) {
    /// The shortest time without use, and the longest, in days: refresh tokens go on for half of the shortest.
    public static final long MIN_UNUSED = 30;

    /// See [#MIN_UNUSED].
    public static final long MAX_UNUSED = 3650;

    /// The most clients that a policy may let in.
    public static final long MOST = 100_000;

    /// How many where it does not say.
    public static final long USUAL = 1000;

    /// How often one address may register where it does not say.
    public static final Rate RATE = new Rate(20, 3600, 20);

    /// The most names of hosts.
    public static final int MAX_HOSTS = 64;

    /// The grants where it does not say: for people.
    public static final Set<GrantType> GRANTS = Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN);

    /// What can be chosen: one method, never either of two.
    public static final List<ClientMethod> METHODS = List.of(
            ClientMethod.SECRET_BASIC, ClientMethod.SECRET_POST, ClientMethod.PRIVATE_KEY_JWT, ClientMethod.NONE);

    /// Keeps copies.
    public RegistrationPolicy {
        organization = List.copyOf(organization);
        grants = Set.copyOf(grants);
        methods = Set.copyOf(methods);
        hosts = Set.copyOf(hosts);
        if (unused.filter(time -> time.toDays() < MIN_UNUSED || time.toDays() > MAX_UNUSED)
                .isPresent()) {
            throw new IllegalArgumentException("no time without use");
        }
        if (most < 1 || most > MOST || !METHODS.containsAll(methods)) {
            throw new IllegalArgumentException("no policy of registration");
        }
    }

    /// One whose clients never end for want of use.
    public RegistrationPolicy(
            List<String> organization,
            String role,
            boolean open,
            boolean documents,
            Set<GrantType> grants,
            Set<ClientMethod> methods,
            Set<String> hosts,
            boolean pkceRequired,
            long most,
            Rate rate) {
        this(organization, role, open, documents, grants, methods, hosts, pkceRequired, most, rate, Optional.empty());
    }

    /// Whether clients begin to end for want of use, or sooner than before. Then all of them count from that
    /// moment: uses are not written down where nothing ends.
    public static boolean countsAnew(Optional<RegistrationPolicy> before, Optional<RegistrationPolicy> after) {
        Optional<Duration> was = before.flatMap(RegistrationPolicy::unused);
        return after.flatMap(RegistrationPolicy::unused)
                .filter(time -> was.filter(old -> old.compareTo(time) <= 0).isEmpty())
                .isPresent();
    }

    /// Whether clients may be answered there.
    public boolean admits(RedirectUri uri) {
        return hosts.isEmpty() || hosts.contains(uri.host());
    }
}
