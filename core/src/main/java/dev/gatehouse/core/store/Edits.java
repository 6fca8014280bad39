package dev.gatehouse.core.store;

import dev.gatehouse.core.client.BackchannelTerms;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.client.ResponseType;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.core.member.Access;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Connection;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.Customer;
import dev.gatehouse.core.member.FirstKey;
import dev.gatehouse.core.member.Membership;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.right.Rights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What replacing a member changes, for its audit row: each attribute that differs, as it is and was.
public final class Edits {
    private final Detail detail = Detail.none();

    private Edits() {}

    /// The difference between two states of one organization.
    public static Detail of(Organization before, Organization after) {
        return new Edits()
                .changed("name", before.name(), after.name())
                .changed(
                        "first_key",
                        text(before.firstKey().map(FirstKey::text)),
                        text(after.firstKey().map(FirstKey::text)))
                .changed(
                        "default_role",
                        before.defaultRole().text(),
                        after.defaultRole().text())
                .changed("access", access(before), access(after))
                .changed("second_factor", second(before), second(after))
                .window(before.standing().window(), after.standing().window())
                .detail;
    }

    private static String second(Organization organization) {
        return organization.secondFactor() ? "required" : "";
    }

    private static String access(Organization organization) {
        return String.join(
                ", ", organization.access().stream().map(Access::text).toList());
    }

    /// The difference between two states of one application.
    public static Detail of(Application before, Application after) {
        return new Edits()
                .changed("name", before.name(), after.name())
                .changed("role", text(before.role()), text(after.role()))
                .terms(before.terms(), after.terms())
                .changed("token_life", text(before.tokenLife()), text(after.tokenLife()))
                .window(before.standing().window(), after.standing().window())
                .detail;
    }

    private Edits terms(ClientTerms before, ClientTerms after) {
        return changed("method", before.method().wire(), after.method().wire())
                .changed("grants", grants(before), grants(after))
                .changed("redirect_uris", list(before.redirects()), list(after.redirects()))
                .changed("post_logout_redirect_uris", list(before.afterLogout()), list(after.afterLogout()))
                .changed("pkce", pkce(before), pkce(after))
                .changed("rules", rules(before), rules(after))
                .changed("profile", profile(before), profile(after))
                .changed("signatures", signatures(before), signatures(after))
                .changed(
                        "backchannel_logout_uri",
                        text(before.logout().backChannel()),
                        text(after.logout().backChannel()))
                .changed(
                        "frontchannel_logout_uri",
                        text(before.logout().frontChannel()),
                        text(after.logout().frontChannel()))
                .changed("logout_sessions", sessions(before), sessions(after))
                .openId(before.openId(), after.openId())
                .changed(
                        "authorization_details_types",
                        list(before.details().listed()),
                        list(after.details().listed()));
    }

    private Edits openId(OpenIdTerms before, OpenIdTerms after) {
        return changed("subject_type", subjects(before), subjects(after))
                .changed("sector_identifier_uri", text(before.sectorUri()), text(after.sectorUri()))
                .changed("request_uris", list(before.requestUris()), list(after.requestUris()))
                .changed("default_max_age", text(before.maxAgeSeconds()), text(after.maxAgeSeconds()))
                .changed("default_acr_values", list(before.acrValues()), list(after.acrValues()))
                .changed("response_types", responses(before), responses(after))
                .backchannel(before.backchannel(), after.backchannel());
    }

    private Edits backchannel(BackchannelTerms before, BackchannelTerms after) {
        return changed("backchannel_token_delivery_mode", before.mode(), after.mode())
                .changed("backchannel_client_notification_endpoint", text(before.notified()), text(after.notified()))
                .changed(
                        "backchannel_authentication_request_signing_alg",
                        text(before.requests().map(RequestAlgorithm::wire)),
                        text(after.requests().map(RequestAlgorithm::wire)))
                .changed(
                        "backchannel_user_code_parameter",
                        Boolean.toString(before.userCode()),
                        Boolean.toString(after.userCode()));
    }

    private static String responses(OpenIdTerms terms) {
        return list(terms.implicit().stream().sorted().map(ResponseType::wire).toList());
    }

    private static String subjects(OpenIdTerms terms) {
        return terms.pairwise() ? "pairwise" : "public";
    }

    private static String grants(ClientTerms terms) {
        return list(terms.grants().stream().map(GrantType::wire).sorted().toList());
    }

    private static String pkce(ClientTerms terms) {
        return terms.pkceRequired() ? "required" : "optional";
    }

    private static String rules(ClientTerms terms) {
        return list(terms.rules().stream().sorted().map(ClientRule::wire).toList());
    }

    private static String profile(ClientTerms terms) {
        return terms.messages().profile().map(ClientProfile::wire).orElse("");
    }

    private static String signatures(ClientTerms terms) {
        Stream<String> answers = terms.messages().answers().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> one.getKey().wire() + '=' + one.getValue().wire());
        Stream<String> requests =
                terms.messages().requests().stream().map(algorithm -> "request_object_signing_alg=" + algorithm.wire());
        return list(Stream.concat(answers, requests).toList());
    }

    private static String sessions(ClientTerms terms) {
        return (terms.logout().backSession() ? "backchannel " : "")
                + (terms.logout().frontSession() ? "frontchannel" : "");
    }

    private static String list(List<?> values) {
        return String.join(" ", values.stream().map(Object::toString).toList());
    }

    /// The difference between two states of one customer.
    public static Detail of(Customer before, Customer after) {
        return new Edits()
                .personal(before.name().equals(after.name()) ? Set.of() : Set.of("name"))
                .window(before.standing().window(), after.standing().window())
                .detail;
    }

    /// The difference between two states of one user.
    public static Detail of(User before, User after) {
        Set<String> personal = new TreeSet<>(before.profile().differing(after.profile()));
        if (!before.username().equals(after.username())) {
            personal.add("username");
        }
        return new Edits()
                .personal(personal)
                .window(before.standing().window(), after.standing().window())
                .detail;
    }

    /// The difference between two states of one membership.
    public static Detail of(Membership before, Membership after) {
        return new Edits()
                .changed("role", text(before.role()), text(after.role()))
                .window(before.standing().window(), after.standing().window())
                .detail;
    }

    /// The difference between two states of one credential.
    public static Detail of(Credential before, Credential after) {
        return new Edits()
                .changed("name", before.name(), after.name())
                .changed("scopes", text(before.reach()), text(after.reach()))
                .changed(
                        "addresses",
                        text(before.restrictions().addresses()),
                        text(after.restrictions().addresses()))
                .changed(
                        "apis",
                        text(before.restrictions().apis()),
                        text(after.restrictions().apis()))
                .changed(
                        "origins",
                        text(before.restrictions().origins()),
                        text(after.restrictions().origins()))
                .changed(
                        "rate",
                        text(before.restrictions().rate().map(Rate::text)),
                        text(after.restrictions().rate().map(Rate::text)))
                .changed("note", before.note(), after.note())
                .window(before.standing().window(), after.standing().window())
                .detail;
    }

    /// The difference between two states of one connection. What is said of it is the organization's own business.
    public static Detail of(Connection before, Connection after) {
        return new Edits()
                .changed("name", before.name(), after.name())
                .personal(before.description().equals(after.description()) ? Set.of() : Set.of("description"))
                .detail;
    }

    private Edits changed(String name, String before, String after) {
        if (!before.equals(after)) {
            detail.with(name, after).with(name + "_before", before);
        }
        return this;
    }

    /// What tells of a person: only that it differs, and neither how it is nor how it was.
    private Edits personal(Set<String> names) {
        if (!names.isEmpty()) {
            detail.with("changed", String.join(" ", names));
        }
        return this;
    }

    private Edits window(Window before, Window after) {
        return changed("not_before", text(before.notBefore()), text(after.notBefore()))
                .changed("expires_at", text(before.expiresAt()), text(after.expiresAt()));
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    private static String text(Reach reach) {
        return switch (reach) {
            case Reach.WholeRole() -> "role";
            case Reach.Only(Rights rights) ->
                String.join(
                        ", ",
                        rights.byApi().entrySet().stream()
                                .map(entry -> entry.getKey().text() + ": "
                                        + entry.getValue().text())
                                .sorted()
                                .toList());
        };
    }

    private static String text(Restriction<?> restriction) {
        List<String> values =
                restriction.listed().stream().map(Object::toString).toList();
        return String.join(", ", values);
    }
}
