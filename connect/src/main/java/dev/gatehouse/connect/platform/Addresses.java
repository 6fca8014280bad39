package dev.gatehouse.connect.platform;

import dev.gatehouse.yaml.Mistakes;
import dev.gatehouse.yaml.Spot;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks that addresses in a platform file stay at the platform's hosts.
record Addresses(List<HostPattern> hosts, Mistakes mistakes) {
    private static final Pattern PLAIN = Pattern.compile("https://([a-z0-9.-]+)(?::[1-9][0-9]{0,4})?(/[!-~]*)?");
    private static final Pattern PLACED = Pattern.compile(
            "(?:https://[a-z0-9.-]*\\{[a-z][a-z0-9_]*}[a-z0-9.-]*(?::[1-9][0-9]{0,4})?|\\{[a-z][a-z0-9_]*})(/[!-~]*)?");

    /// Whether whoever connects names the server that an address is at, which may be any.
    boolean foreign(Template address) {
        return hosts.stream().anyMatch(HostPattern::any)
                && !PLAIN.matcher(address.text()).matches();
    }

    /// An address is `https`, at one of the hosts or at one that a field names; the latter is looked at again
    /// when the field has a value.
    void check(Template address, Spot spot) {
        Matcher plain = PLAIN.matcher(address.text());
        if (plain.matches()) {
            if (hosts.stream().noneMatch(host -> host.matches(plain.group(1)))) {
                mistakes.add(
                        spot,
                        plain.group(1) + " is none of the hosts: "
                                + Mistakes.list(
                                        hosts.stream().map(HostPattern::text).toList()));
            }
        } else if (!PLACED.matcher(address.text()).matches()) {
            mistakes.add(
                    spot,
                    "an address begins with https:// and a host, or with a field that has both: "
                            + Mistakes.quoted(address.text()));
        }
    }
}
