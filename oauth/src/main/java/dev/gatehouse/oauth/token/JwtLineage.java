package dev.gatehouse.oauth.token;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.token.Generations;
import dev.gatehouse.core.token.Lineage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The lineage in a JWT: organization, member and credential (ids without their prefixes, a membership behind
/// `~`) and the four generations, joined by dots. Behind them, only when there is one of these, the customer
/// (nothing when there is none) or, behind `~`, the grant of the user and the application that it was made to, or,
/// behind `~~`, the credential of an application that was shown beside the user's secret, and that application; and
/// the tokens that it came from by exchange; last those that it was passed on to, application and credential with a
/// `~` between them, behind a `+` who acts, behind a `*` who stands in the subject's place, behind a `-` whoever
/// exchanged its own. There is one spelling of each lineage.
final class JwtLineage {
    private static final String MEMBERSHIP = "~";
    private static final String GRANTED = "~";
    private static final String BESIDE = "~~";
    private static final int ALWAYS = 7;
    private static final int MOST = ALWAYS + 2 + 2 * Lineage.MAX_TOKENS;

    private JwtLineage() {}

    static String text(Lineage lineage) {
        Generations generations = lineage.generations();
        List<String> parts = new ArrayList<>(List.of(
                bare(lineage.organization()),
                member(lineage.member()),
                bare(lineage.credential()),
                Long.toString(generations.credential()),
                Long.toString(generations.member()),
                Long.toString(generations.customer()),
                Long.toString(generations.organizations())));
        if (lineage.granted().isPresent()) {
            Id by = lineage.granted().get().grant();
            parts.add((by.kind() == Kind.CREDENTIAL ? BESIDE : GRANTED) + bare(by));
            parts.add(bare(lineage.granted().get().application()));
        } else if (lineage.customer().isPresent()
                || !lineage.tokens().isEmpty()
                || !lineage.passed().isEmpty()) {
            parts.add(lineage.customer().map(JwtLineage::bare).orElse(""));
        }
        lineage.tokens().forEach(token -> parts.add(bare(token)));
        lineage.passed().forEach(to -> parts.add(mark(to.as()) + bare(to.application()) + '~' + bare(to.credential())));
        return String.join(".", parts);
    }

    private static String mark(Lineage.As as) {
        return switch (as) {
            case ITSELF -> "-";
            case ACTOR -> "+";
            case SUBJECT -> "*";
        };
    }

    private static Optional<Lineage.Passed> passed(String part) {
        int between = part.indexOf('~');
        return between < 1
                ? Optional.empty()
                : Stream.of(Lineage.As.values())
                        .filter(as -> part.startsWith(mark(as)))
                        .flatMap(as -> id(Kind.APPLICATION, part.substring(1, between))
                                .flatMap(application -> id(Kind.CREDENTIAL, part.substring(between + 1))
                                        .map(credential -> new Lineage.Passed(application, credential, as)))
                                .stream())
                        .findFirst();
    }

    /// A membership is marked, so that no lineage of an application is ever read as one of a user.
    private static String member(Id id) {
        return id.kind() == Kind.MEMBERSHIP ? MEMBERSHIP + bare(id) : bare(id);
    }

    private static Optional<Id> member(String text) {
        return text.startsWith(MEMBERSHIP)
                ? id(Kind.MEMBERSHIP, text.substring(MEMBERSHIP.length()))
                : id(Kind.APPLICATION, text);
    }

    private static String bare(Id id) {
        return id.text().substring(id.kind().prefix().length() + 1);
    }

    static Optional<Lineage> parse(String text) {
        List<String> parts = List.of(text.split("\\.", MOST + 1));
        if (parts.size() < ALWAYS || parts.size() > MOST) {
            return Optional.empty();
        }
        Optional<Id> organization = id(Kind.ORGANIZATION, parts.get(0));
        Optional<Id> member = member(parts.get(1));
        Optional<Id> credential = id(Kind.CREDENTIAL, parts.get(2));
        Optional<Generations> generations = generations(parts.subList(3, ALWAYS));
        Optional<Lineage.Granted> granted = granted(parts);
        Optional<Id> customer = parts.size() > ALWAYS ? id(Kind.CUSTOMER, parts.get(ALWAYS)) : Optional.empty();
        List<Id> tokens = parts.stream()
                .skip(ALWAYS + (granted.isPresent() ? 2L : 1L))
                .flatMap(part -> id(Kind.TOKEN, part).stream())
                .toList();
        List<Lineage.Passed> passed = parts.stream()
                .skip(ALWAYS + (granted.isPresent() ? 2L : 1L))
                .flatMap(part -> passed(part).stream())
                .toList();
        if (organization.isEmpty() || member.isEmpty() || credential.isEmpty() || generations.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Lineage(
                        organization.get(),
                        member.get(),
                        credential.get(),
                        customer,
                        granted,
                        tokens,
                        passed,
                        generations.get()))
                .filter(lineage -> text(lineage).equals(text));
    }

    private static Optional<Lineage.Granted> granted(List<String> parts) {
        return parts.size() > ALWAYS + 1 && parts.get(ALWAYS).startsWith(GRANTED)
                ? by(parts.get(ALWAYS))
                        .flatMap(grant -> id(Kind.APPLICATION, parts.get(ALWAYS + 1))
                                .map(application -> new Lineage.Granted(grant, application)))
                : Optional.empty();
    }

    private static Optional<Id> by(String part) {
        return part.startsWith(BESIDE)
                ? id(Kind.CREDENTIAL, part.substring(BESIDE.length()))
                : id(Kind.GRANT, part.substring(GRANTED.length()));
    }

    private static Optional<Generations> generations(List<String> parts) {
        return parts.stream().allMatch(part -> part.matches("0|[1-9][0-9]{0,17}"))
                ? Optional.of(new Generations(
                        Long.parseLong(parts.get(0)),
                        Long.parseLong(parts.get(1)),
                        Long.parseLong(parts.get(2)),
                        Long.parseLong(parts.get(3))))
                : Optional.empty();
    }

    private static Optional<Id> id(Kind kind, String bare) {
        return Id.parse(kind, kind.prefix() + '_' + bare);
    }
}
