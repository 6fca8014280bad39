package dev.gatehouse.core.client;

import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Offered;
import dev.gatehouse.core.secret.SigningAlgorithm;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/// What an Api has all its clients keep to, whatever their own terms say.
///
/// @param required of each of them
/// @param nonces whether proofs of keys carry a nonce of ours (RFC 9449 sections 8 and 9)
/// @param pushedLife how long after it was pushed a browser may come with an authorization request; whole seconds
/// @param profile that all of them keep to
/// @param registration who may make some of them; absent where nobody but members does
/// @param certificates the https URL in front of the paths of endpoints where certificates are asked for, when
///     that is not the issuer (RFC 8705 section 5)
/// @param implicit whether clients that registered it are answered with tokens in place of codes (OpenID
///     Connect Core section 3.2), which RFC 9700 section 2.1.2 advises against
public record ClientRules(
        Set<ClientRule> required,
        boolean nonces,
        Duration pushedLife,
        Optional<ClientProfile> profile,
        Optional<RegistrationPolicy> registration,
        Optional<String> certificates,
        boolean implicit) {
    /// The shortest life of a pushed request.
    public static final Duration MIN_PUSHED_LIFE = Duration.ofSeconds(5);

    /// The longest one: FAPI 2.0 section 5.3.2.2 wants less than ten minutes.
    public static final Duration MAX_PUSHED_LIFE = Duration.ofSeconds(599);

    /// The life of a pushed request where nothing is said.
    public static final Duration PUSHED_LIFE = Duration.ofSeconds(60);

    /// Nothing beyond the least.
    public static final ClientRules NONE = new ClientRules(Set.of(), false, PUSHED_LIFE);

    /// Keeps a copy and checks the bounds.
    public ClientRules {
        required = Set.copyOf(required);
        if (pushedLife.compareTo(MIN_PUSHED_LIFE) < 0
                || pushedLife.compareTo(MAX_PUSHED_LIFE) > 0
                || !pushedLife.truncatedTo(ChronoUnit.SECONDS).equals(pushedLife)) {
            throw new IllegalArgumentException("pushed requests live 5 to 599 whole seconds");
        }
    }

    /// Of clients that members make, with one address for all.
    public ClientRules(Set<ClientRule> required, boolean nonces, Duration pushedLife, Optional<ClientProfile> profile) {
        this(required, nonces, pushedLife, profile, Optional.empty(), Optional.empty());
    }

    /// Where clients are answered with codes alone.
    public ClientRules(
            Set<ClientRule> required,
            boolean nonces,
            Duration pushedLife,
            Optional<ClientProfile> profile,
            Optional<RegistrationPolicy> registration,
            Optional<String> certificates) {
        this(required, nonces, pushedLife, profile, registration, certificates, false);
    }

    /// The same, where clients may be answered with tokens or may not.
    public ClientRules answering(boolean tokens) {
        return new ClientRules(required, nonces, pushedLife, profile, registration, certificates, tokens);
    }

    /// Without a profile.
    public ClientRules(Set<ClientRule> required, boolean nonces, Duration pushedLife) {
        this(required, nonces, pushedLife, Optional.empty());
    }

    /// The same, with this policy for registration.
    public ClientRules registering(Optional<RegistrationPolicy> policy) {
        return new ClientRules(required, nonces, pushedLife, profile, policy, certificates, implicit);
    }

    /// Reads where certificates are asked for: endpoints are right below a host, as they are below an issuer.
    public static Optional<String> base(String text) {
        return RedirectUri.parse(text)
                .filter(RedirectUri::claimed)
                .flatMap(RedirectUri::origin)
                .filter(text::equals);
    }

    /// The host of such a place, with its port where that is not the scheme's own.
    public static String host(String base) {
        return base.substring("https://".length()).replaceFirst(":443$", "");
    }

    /// Whether every client has to keep to a rule here.
    public boolean require(ClientRule rule) {
        return required.contains(rule) || profile.filter(one -> one.has(rule)).isPresent();
    }

    /// Whether a client has to keep to a rule here.
    public boolean require(ClientRule rule, ClientTerms of) {
        return required.contains(rule)
                || of.rules().contains(rule)
                || profile(of).filter(one -> one.has(rule)).isPresent();
    }

    /// Why these are no rules that go together; whoever writes them down looks.
    public Optional<String> unfit() {
        return contradiction(required)
                .or(() -> profile.filter(_ -> implicit)
                        .flatMap(one -> one.wrong("implicit is left out: no token goes through a browser")));
    }

    /// Why tokens cannot be bound as these rules say.
    public static Optional<String> contradiction(Set<ClientRule> rules) {
        return rules.contains(ClientRule.BOUND) && rules.contains(ClientRule.CERTIFICATE_BOUND)
                ? Optional.of(ClientRule.CERTIFICATE_BOUND.wire() + " is left out with " + ClientRule.BOUND.wire())
                : Optional.empty();
    }

    /// What a token of a client is bound to: its certificate where the client or the Api wants that, whatever
    /// else it has proven; otherwise what the token was bound to that it is in the place of, or the key that it
    /// proved, or else its certificate where a profile wants tokens bound, because many a connection has one.
    ///
    /// @param before what a token that is exchanged is bound to
    public Optional<Confirmation> binding(Offered offered, Optional<Confirmation> before, ClientTerms of) {
        if (require(ClientRule.CERTIFICATE_BOUND, of) && offered.certificate().isPresent()) {
            return offered.certificate();
        }
        return before.filter(offered::has)
                .or(offered::key)
                .or(() -> offered.certificate().filter(_ -> profile(of).isPresent()));
    }

    /// Whether a client may have a token that is bound to this, or to nothing.
    public boolean allows(Optional<Confirmation> binding, ClientTerms of) {
        return allows(
                binding,
                require(ClientRule.BOUND, of),
                require(ClientRule.CERTIFICATE_BOUND, of),
                profile(of).isPresent());
    }

    /// Whether whoever is no client may.
    public boolean allows(Optional<Confirmation> binding) {
        return allows(binding, require(ClientRule.BOUND), require(ClientRule.CERTIFICATE_BOUND), profile.isPresent());
    }

    private static boolean allows(Optional<Confirmation> binding, boolean toKey, boolean toCertificate, boolean any) {
        Optional<Confirmation.Means> means = binding.map(Confirmation::means);
        return (!toKey || means.equals(Optional.of(Confirmation.Means.KEY)))
                && (!toCertificate || means.equals(Optional.of(Confirmation.Means.CERTIFICATE)))
                && (!any || means.isPresent());
    }

    /// The profile that a client keeps to here.
    public Optional<ClientProfile> profile(ClientTerms of) {
        return ClientProfile.stricter(profile, of.messages().profile());
    }

    /// What an answer to a client is signed with (OpenID Connect Registration section 2, JARM section 3: RS256
    /// where nothing is said; FAPI 2.0 Security Profile section 5.4.1: not that).
    public SigningAlgorithm signing(SignedAnswer answer, ClientTerms of) {
        return of.messages()
                .answers()
                .getOrDefault(answer, profile(of).isPresent() ? SigningAlgorithm.ES256 : SigningAlgorithm.RS256);
    }
}
