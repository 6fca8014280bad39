package dev.gatehouse.server.pages;

import dev.gatehouse.oauth.authorize.AskingClient;
import dev.gatehouse.oauth.authorize.ScopeText;
import java.util.List;
import java.util.Optional;

/// What a page is about.
sealed interface View {
    /// Name and password.
    ///
    /// @param form the token of its form
    /// @param ask the request of a client that waits for this
    /// @param problem what was wrong with the last try
    /// @param federated the providers that may prove it instead
    record SignIn(
            String form,
            Optional<String> ask,
            Optional<AskingClient> client,
            String username,
            Optional<String> problem,
            Federated federated)
            implements View {}

    /// What there is of identity providers.
    ///
    /// @param trip the token of its form
    /// @param linked what the person has linked
    record Federated(String trip, List<Provider> offered, List<Linked> linked) {
        /// Nothing.
        static final Federated NONE = new Federated("", List.of(), List.of());

        /// Keeps copies.
        public Federated {
            offered = List.copyOf(offered);
            linked = List.copyOf(linked);
        }
    }

    /// A provider, by its name and as people know it.
    record Provider(String name, String title) {}

    /// An account at a provider that somebody signs in by.
    record Linked(String id, String title, String since) {}

    /// Whether an account at a provider shall open somebody's own.
    ///
    /// @param trip the token of its form
    /// @param proof of the account
    /// @param account what the provider calls it
    record LinkQuestion(String trip, String proof, String title, String account, String username) implements View {}

    /// A code of an app, or one of recovery.
    ///
    /// @param form the token of its form
    /// @param ask the request of a client that waits for this
    /// @param proof what was proven before, sealed
    /// @param problem what was wrong with the last try
    record Second(String form, Optional<String> ask, String proof, String username, Optional<String> problem)
            implements View {}

    /// What somebody signs in with besides the password.
    ///
    /// @param app since when an app is set up
    /// @param codes how many recovery codes are left
    record Security(String form, String username, Optional<String> app, String codes, Federated federated)
            implements View {}

    /// A secret for an app, and the question for a code that shows that it has it.
    ///
    /// @param shown the secret in groups
    /// @param uri the secret as a link that apps take
    record Enrol(String form, String secret, String shown, String uri, Optional<String> problem) implements View {}

    /// Recovery codes, shown this once.
    ///
    /// @param onwards where to go from there
    record Codes(List<String> codes, String onwards) implements View {
        /// Keeps a copy.
        public Codes {
            codes = List.copyOf(codes);
        }
    }

    /// Whether an application may have what it asks for.
    ///
    /// @param answersTo where the browser goes then
    record Consent(
            String form, String ask, String client, String username, List<ScopeText> scopes, Optional<String> answersTo)
            implements View {}

    /// Whether to sign out.
    record SignOut(String form, Optional<String> ask, Optional<AskingClient> client, String username) implements View {}

    /// Where the code of a device is typed.
    ///
    /// @param form the token of its form
    /// @param typed what stands there already
    /// @param problem what was wrong with the last try
    record Device(String form, String typed, Optional<String> problem) implements View {}

    /// Whether the application on a device may have what it asks for.
    ///
    /// @param typed the code that the device shows
    record DeviceConsent(String form, String ask, String client, String username, List<ScopeText> scopes, String typed)
            implements View {}

    /// Signed out, and what the browser loads so that applications hear of it.
    ///
    /// @param frames what it loads
    /// @param to where it goes on to
    record Leaving(List<String> frames, String to) implements View {}

    /// Whether to go to a platform, so that an organization gets what it calls there.
    ///
    /// @param form the token of its form
    /// @param link its secret
    /// @param beganBy whom the organization's server named
    /// @param leads where the page of the platform is
    /// @param answersTo where the browser goes at the end
    record Connect(
            String form,
            String link,
            String platform,
            String organization,
            String beganBy,
            String leads,
            String answersTo)
            implements View {}

    /// What is open in somebody's name.
    record Account(String form, String username, List<Login> sessions, List<Allowed> consents) implements View {}

    /// One open login.
    ///
    /// @param here whether it is the one that this page is seen by
    record Login(String id, boolean here, String opened, String seen) {}

    /// What one application may do.
    record Allowed(String application, String name, String at, List<ScopeText> scopes) {}

    /// Something that people are told, and where they may go from there.
    ///
    /// @param error whether something is wrong
    record Message(String title, String text, boolean error, Optional<Way> way) implements View {}

    /// A link.
    record Way(String path, String text) {}
}
