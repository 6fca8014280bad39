package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.RegistrationPolicy;
import dev.gatehouse.core.limit.Rate;
import dev.gatehouse.oauth.registration.Home;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Who may register clients at an Api by themselves. Organization and role are named, and looked up when somebody
/// registers. Shown to the provider only.
final class Registration {
    private static final int MAX_PATH = 1000;

    private static final Type<List<String>> PATH = Type.text(
            "the names of organizations from below the provider's down, with / between them and ~1 for a / in them, or"
                    + " / for the provider's own",
            Schema.of("maxLength", MAX_PATH, "examples", List.of("/")),
            Registration::path,
            names -> names.isEmpty()
                    ? "/"
                    : String.join(
                            "/",
                            names.stream()
                                    .map(name -> name.replace("~", "~0").replace("/", "~1"))
                                    .toList()));

    private static final Attribute<RegistrationPolicy, List<String>> ORGANIZATION = Attribute.optional(
            "organization", PATH, policy -> Optional.of(policy.organization()).filter(names -> !names.isEmpty()));
    private static final Attribute<RegistrationPolicy, String> ROLE =
            Attribute.of("role", Types.SLUG, RegistrationPolicy::role);
    private static final Attribute<RegistrationPolicy, Boolean> OPEN = Attribute.optional(
            "open", Type.flag(), policy -> Optional.of(policy.open()).filter(Boolean::booleanValue));
    private static final Attribute<RegistrationPolicy, Boolean> DOCUMENTS = Attribute.optional(
            "metadata_documents",
            Type.flag(),
            policy -> Optional.of(policy.documents()).filter(Boolean::booleanValue));
    private static final Attribute<RegistrationPolicy, Set<GrantType>> GRANTS = Attribute.optional(
            "grant_types",
            Types.converted(
                    Type.list(Types.word(GrantType.values(), GrantType::wire), 1, GrantType.values().length),
                    Set::copyOf,
                    grants -> grants.stream().sorted().toList()),
            policy -> Optional.of(policy.grants()).filter(some -> !some.equals(RegistrationPolicy.GRANTS)));
    private static final Attribute<RegistrationPolicy, Set<ClientMethod>> METHODS = Attribute.optional(
            "token_endpoint_auth_methods",
            Types.converted(
                    Type.list(
                            Types.word(RegistrationPolicy.METHODS.toArray(ClientMethod[]::new), ClientMethod::wire),
                            1,
                            RegistrationPolicy.METHODS.size()),
                    Set::copyOf,
                    methods -> methods.stream().sorted().toList()),
            policy ->
                    Optional.of(policy.methods()).filter(some -> !some.equals(Set.copyOf(RegistrationPolicy.METHODS))));
    private static final Attribute<RegistrationPolicy, Set<String>> HOSTS = Attribute.optional(
            "redirect_hosts",
            Types.converted(
                    Type.list(
                            Types.matching(
                                    "a host, a loopback address, or a scheme of private use with its colon",
                                    "[a-z0-9][a-z0-9.+-]{0,252}:?|\\[::1]",
                                    "app.example.com"),
                            1,
                            RegistrationPolicy.MAX_HOSTS),
                    Set::copyOf,
                    hosts -> List.copyOf(new TreeSet<>(hosts))),
            policy -> Optional.of(policy.hosts()).filter(some -> !some.isEmpty()));
    private static final Attribute<RegistrationPolicy, String> PKCE = Attribute.optional(
            "pkce",
            Types.word(new String[] {"optional"}, word -> word),
            policy -> policy.pkceRequired() ? Optional.empty() : Optional.of("optional"));
    private static final Attribute<RegistrationPolicy, Long> MOST = Attribute.optional(
            "max_clients",
            Type.number(1, RegistrationPolicy.MOST),
            policy -> Optional.of(policy.most()).filter(most -> most != RegistrationPolicy.USUAL));
    private static final Attribute<RegistrationPolicy, Rate> RATE = Attribute.optional(
            "rate",
            Rates.RATE,
            policy -> Optional.of(policy.rate()).filter(rate -> !rate.equals(RegistrationPolicy.RATE)));

    private static final Attribute<RegistrationPolicy, Long> UNUSED = Attribute.optional(
            "unused_days",
            Type.number(RegistrationPolicy.MIN_UNUSED, RegistrationPolicy.MAX_UNUSED),
            policy -> policy.unused().map(Duration::toDays));

    private static final List<Attribute<RegistrationPolicy, ?>> ALL =
            List.of(ORGANIZATION, ROLE, OPEN, DOCUMENTS, GRANTS, METHODS, HOSTS, PKCE, MOST, RATE, UNUSED);

    private static final Type<RegistrationPolicy> TYPE = Type.object(
            Form.of(Form.required(ROLE))
                    .and(ALL.stream()
                            .filter(attribute -> !attribute.equals(ROLE))
                            .<Form.Item>map(attribute -> Form.optional(attribute))
                            .toList()),
            given -> Got.of(policy(given)),
            policy -> Noun.show(policy, ALL, View.NONE));

    static final Attribute<Api, RegistrationPolicy> POLICY = new Attribute<>(
            "registration", TYPE, (api, view) -> api.clients().registration().filter(_ -> view.provider()));

    private Registration() {}

    private static RegistrationPolicy policy(Given given) {
        return new RegistrationPolicy(
                given.get(ORGANIZATION).orElse(List.of()),
                given.need(ROLE),
                given.get(OPEN).orElse(false),
                given.get(DOCUMENTS).orElse(false),
                given.get(GRANTS).orElse(RegistrationPolicy.GRANTS),
                given.get(METHODS).orElse(Set.copyOf(RegistrationPolicy.METHODS)),
                given.get(HOSTS).orElse(Set.of()),
                given.get(PKCE).isEmpty(),
                given.get(MOST).orElse(RegistrationPolicy.USUAL),
                given.get(RATE).orElse(RegistrationPolicy.RATE),
                given.get(UNUSED).map(Duration::ofDays));
    }

    /// GAUNTLET M06: one spelling for each path.
    private static Optional<List<String>> path(String text) {
        if (text.equals("/")) {
            return Optional.of(List.of());
        }
        List<String> names = new ArrayList<>();
        for (String part : text.split("/", -1)) {
            String name = part.replace("~1", "/").replace("~0", "~");
            if (!Types.named(name)
                    || !name.replace("~", "~0").replace("/", "~1").equals(part)) {
                return Optional.empty();
            }
            names.add(name);
        }
        return text.length() <= MAX_PATH ? Optional.of(names) : Optional.empty();
    }

    /// Nobody lets strangers in with more than it holds itself (GAUNTLET H07). A role that is still to come is for
    /// whoever makes it.
    static Got<Api> covered(Call call, Optional<Api> before, Api after) {
        Optional<RegistrationPolicy> policy = after.clients().registration();
        boolean same = before.filter(api -> api.clients().registration().equals(policy))
                .isPresent();
        boolean beyond = !same
                && policy.flatMap(one -> Home.of(one, after, call.desk().store()))
                        .filter(home -> !call.grants().covers(home.role().rights()))
                        .isPresent();
        return beyond ? Got.no(new Problem.Beyond("the role has rights that the caller does not hold")) : Got.of(after);
    }
}
