package dev.gatehouse.storage.sql;

import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientRules;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an Api requires of its clients in one column: a line for each of it, nothing where that is nothing.
final class ClientRuleColumn {
    private static final String RULE = "rule";
    private static final String NONCES = "nonces";
    private static final String REQUIRED = "required";
    private static final String PUSHED_LIFE = "pushed_life";
    private static final String CERTIFICATES = "certificates";
    private static final String IMPLICIT = "implicit";
    private static final String ON = "on";

    private ClientRuleColumn() {}

    static String text(ClientRules rules) {
        Fields out = new Fields();
        rules.required().stream().sorted().forEach(rule -> out.line(RULE, rule.wire()));
        if (rules.nonces()) {
            out.line(NONCES, REQUIRED);
        }
        rules.profile().ifPresent(profile -> out.line(ClientColumn.PROFILE, profile.wire()));
        rules.certificates().ifPresent(at -> out.line(CERTIFICATES, at));
        if (rules.implicit()) {
            out.line(IMPLICIT, ON);
        }
        return rules.pushedLife().equals(ClientRules.PUSHED_LIFE)
                ? out.text()
                : out.line(PUSHED_LIFE, Long.toString(rules.pushedLife().toSeconds()))
                        .text();
    }

    static ClientRules read(String column) {
        Set<ClientRule> required = EnumSet.noneOf(ClientRule.class);
        boolean nonces = false;
        Optional<ClientProfile> profile = Optional.empty();
        Optional<String> certificates = Optional.empty();
        Duration pushedLife = ClientRules.PUSHED_LIFE;
        boolean implicit = false;
        for (List<String> line : Fields.read(column, 2)) {
            String value = line.getLast();
            switch (line.getFirst()) {
                case RULE -> required.add(rule(value));
                case NONCES -> nonces = value.equals(REQUIRED);
                case ClientColumn.PROFILE ->
                    profile = Optional.of(ClientProfile.of(value)
                            .orElseThrow(() -> new IllegalStateException("a stored rule for clients is unknown")));
                case CERTIFICATES -> certificates = Optional.of(value);
                case IMPLICIT -> implicit = value.equals(ON);
                case PUSHED_LIFE -> pushedLife = Duration.ofSeconds(Long.parseLong(value));
                default -> throw new IllegalStateException("a stored rule for clients is unknown");
            }
        }
        return new ClientRules(required, nonces, pushedLife, profile, Optional.empty(), certificates, implicit);
    }

    static ClientRule rule(String wire) {
        return ClientRule.of(wire).orElseThrow(() -> new IllegalStateException("a stored rule for clients is unknown"));
    }
}
