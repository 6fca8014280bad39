package dev.gatehouse.storage.sql;

import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.limit.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who may register clients at an Api, in one column: a line for each part, nothing where nobody may. What a later
/// release says besides is passed over.
final class RegistrationColumn {
    private static final String BELOW = "below";
    private static final String ROLE = "role";
    private static final String OPEN = "open";
    private static final String DOCUMENTS = "documents";
    private static final String GRANT = "grant";
    private static final String METHOD = "method";
    private static final String HOST = "host";
    private static final String PKCE = "pkce";
    private static final String MOST = "most";
    private static final String RATE = "rate";
    private static final String UNUSED = "unused";
    private static final String YES = "yes";
    private static final String OPTIONAL = "optional";

    private RegistrationColumn() {}

    static String text(Optional<RegistrationPolicy> registration) {
        return registration.map(RegistrationColumn::text).orElse("");
    }

    private static String text(RegistrationPolicy policy) {
        Fields out = new Fields().line(ROLE, policy.role());
        policy.organization().forEach(name -> out.line(BELOW, name));
        if (policy.open()) {
            out.line(OPEN, YES);
        }
        if (policy.documents()) {
            out.line(DOCUMENTS, YES);
        }
        policy.grants().stream().sorted().forEach(grant -> out.line(GRANT, grant.wire()));
        policy.methods().stream().sorted().forEach(method -> out.line(METHOD, method.wire()));
        new TreeSet<>(policy.hosts()).forEach(host -> out.line(HOST, host));
        if (!policy.pkceRequired()) {
            out.line(PKCE, OPTIONAL);
        }
        policy.unused().ifPresent(time -> out.line(UNUSED, Long.toString(time.toDays())));
        return out.line(MOST, Long.toString(policy.most()))
                .line(RATE, policy.rate().text())
                .text();
    }

    static Optional<RegistrationPolicy> read(String column) {
        return column.isEmpty() ? Optional.empty() : Optional.of(policy(column));
    }

    private static RegistrationPolicy policy(String column) {
        List<String> below = new ArrayList<>();
        String role = "";
        boolean open = false;
        boolean documents = false;
        Set<GrantType> grants = EnumSet.noneOf(GrantType.class);
        Set<ClientMethod> methods = EnumSet.noneOf(ClientMethod.class);
        Set<String> hosts = new LinkedHashSet<>();
        boolean pkce = true;
        long most = RegistrationPolicy.USUAL;
        Rate rate = RegistrationPolicy.RATE;
        Optional<Duration> unused = Optional.empty();
        for (List<String> line : Fields.read(column, 2)) {
            String value = line.getLast();
            switch (line.getFirst()) {
                case BELOW -> below.add(value);
                case ROLE -> role = value;
                case OPEN -> open = value.equals(YES);
                case DOCUMENTS -> documents = value.equals(YES);
                case GRANT -> grants.add(known(GrantType.of(value)));
                case METHOD -> methods.add(known(ClientMethod.of(value)));
                case HOST -> hosts.add(value);
                case PKCE -> pkce = !value.equals(OPTIONAL);
                case MOST -> most = Long.parseLong(value);
                case UNUSED -> unused = Optional.of(Duration.ofDays(Long.parseLong(value)));
                case RATE -> rate = known(Rate.parse(value));
                default -> {}
            }
        }
        return new RegistrationPolicy(below, role, open, documents, grants, methods, hosts, pkce, most, rate, unused);
    }

    private static <T> T known(Optional<T> value) {
        return value.orElseThrow(() -> new IllegalStateException("a stored policy of registration is unknown"));
    }
}
