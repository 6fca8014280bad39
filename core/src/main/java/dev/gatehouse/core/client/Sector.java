package dev.gatehouse.core.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// With whom a client shares what it calls users (OpenID Connect Core section 8.1). Names of a site are for
/// whoever is given users at that site and nowhere else: anybody can write down a redirect URI that nothing is
/// ever sent to, or one that every device has, and would learn there what others call their users.
public sealed interface Sector {
    /// With all clients of a site.
    record Site(String host) implements Sector {}

    /// With nobody.
    record Own() implements Sector {}

    /// Nothing says with whom.
    record Unsure(String why) implements Sector {}

    /// That of a client that says this. A list that it names has to have its redirect URIs in it, which is for
    /// whoever writes the terms down to look at.
    static Sector of(OpenIdTerms openId, Set<GrantType> grants, List<RedirectUri> redirects) {
        boolean there = !redirects.isEmpty()
                && redirects.stream().allMatch(RedirectUri::claimed)
                && grants.stream().noneMatch(Sector::elsewhere);
        Optional<String> listed = openId.sectorUri().map(RedirectUri::host);
        if (!there) {
            return listed.isEmpty()
                    ? new Own()
                    : new Unsure(
                            "sector_identifier_uri is for clients that are given users at https redirect URIs alone");
        }
        List<String> hosts =
                redirects.stream().map(RedirectUri::host).distinct().toList();
        return listed.or(() -> Optional.of(hosts.getFirst()).filter(_ -> hosts.size() == 1))
                .<Sector>map(Site::new)
                .orElseGet(() -> new Unsure(
                        "subject_type pairwise needs redirect URIs of one host, or a sector_identifier_uri"));
    }

    /// Whether users' tokens come by it without going through a redirect URI.
    private static boolean elsewhere(GrantType grant) {
        return switch (grant) {
            case DEVICE_CODE, CIBA, JWT_BEARER, TOKEN_EXCHANGE -> true;
            case AUTHORIZATION_CODE, IMPLICIT, REFRESH_TOKEN, CLIENT_CREDENTIALS -> false;
        };
    }
}
