package dev.gatehouse.server.admin;

import com.google.common.net.InternetDomainName;
import dev.gatehouse.core.net.OriginPattern;
import java.util.Optional;

/// Names below which everybody can have a host: a pattern for all hosts right below one of them would be for
/// strangers (GAUNTLET I04). The list is Mozilla's (publicsuffix.org), as the library has it; asked when
/// something is written, so that a newer list never takes away what was given.
final class PublicSuffixes {
    private PublicSuffixes() {}

    /// Reads a pattern of origins that is not for strangers.
    static Optional<OriginPattern> pattern(String text) {
        return OriginPattern.parse(text)
                .filter(pattern -> !pattern.below() || owned(pattern.origin().host()));
    }

    private static boolean owned(String host) {
        return InternetDomainName.isValid(host)
                && !InternetDomainName.from(host).isPublicSuffix();
    }
}
