package dev.gatehouse.server.pages;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.oauth.authorize.AskingClient;
import dev.gatehouse.oauth.authorize.DetailText;
import dev.gatehouse.oauth.authorize.ScopeText;
import dev.gatehouse.oauth.passkey.Site;
import java.util.List;
import java.util.Optional;

/// What a page is about.
sealed interface View {
    /// Name and password.
    ///
    /// @param form the token of its form
    /// @param ask the request of a client that waits for this
    /// @param problem what was wrong with the last try
    /// @param passkey where a key may be shown instead
    /// @param federated the providers that may prove it instead
    /// @param letters whether whoever has forgotten the password may get a letter
    /// @param face what the client shows of itself
    record SignIn(
            String form,
            Optional<String> ask,
            Optional<AskingClient> client,
            String username,
            Optional<String> problem,
            Optional<UsePasskey> passkey,
            Federated federated,
            boolean letters,
            Face face)
            implements View {}

    /// What a client shows of itself: links, and no picture, which could be anybody's.
    ///
    /// @param policy what it does with what it learns
    /// @param terms on which it is used
    record Face(Optional<Way> policy, Optional<Way> terms) {
        /// Nothing.
        static final Face NONE = new Face(Optional.empty(), Optional.empty());
    }

    /// A key that may be shown.
    ///
    /// @param form the token of its form
    /// @param site whose keys
    /// @param challenge what the device signs
    record UsePasskey(String form, Site site, String challenge) {}

    /// A key that may be made.
    ///
    /// @param user as devices keep it
    /// @param known those that there are, apart by spaces
    record NewPasskey(Site site, String challenge, String user, String known) {}

    /// A key that there is.
    ///
    /// @param copied when a copy of it was seen
    /// @param counts whether it still opens anything
    record OwnPasskey(
            String id, String name, String made, Optional<String> used, Optional<String> copied, boolean counts) {}
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

    /// Whose password is forgotten.
    ///
    /// @param form the token of its form
    /// @param text what becomes of it
    /// @param problem what was wrong with the last try
    record Forgot(String form, String text, Optional<String> problem) implements View {}

    /// A new password.
    ///
    /// @param form the token of its form
    /// @param link what the letter said
    /// @param problem what was wrong with the last try
    record Reset(String form, String link, Optional<String> problem) implements View {}

    /// What somebody signs in with besides the password.
    ///
    /// @param app since when an app is set up
    /// @param codes how many recovery codes are left
    /// @param passkeys keys of devices
    /// @param making where another may be made
    /// @param problem what was wrong with the last try
    record Security(
            String form,
            String username,
            Optional<String> app,
            String codes,
            List<OwnPasskey> passkeys,
            Optional<NewPasskey> making,
            Federated federated,
            Optional<String> problem)
            implements View {
        /// Keeps a copy.
        public Security {
            passkeys = List.copyOf(passkeys);
        }
    }

    /// A secret as people get it into an app.
    ///
    /// @param shown in groups, to be typed
    /// @param uri a link that apps take
    /// @param picture the same for a camera; empty for names that are too long for one
    record AppKey(Secret shown, Secret uri, Optional<QrPicture> picture) {}

    /// A secret for an app, and the question for a code that shows that it has it.
    record Enrol(String form, Secret secret, AppKey key, Optional<String> problem) implements View {}

    /// The same for somebody whose organization wants it before it lets anybody in.
    ///
    /// @param ask the request of a client that waits for this
    /// @param proof what was proven before, sealed
    record FirstFactor(
            String form, Optional<String> ask, String proof, Secret secret, AppKey key, Optional<String> problem)
            implements View {}

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
            String form,
            String ask,
            String client,
            String username,
            List<ScopeText> scopes,
            List<DetailText> details,
            Optional<String> answersTo)
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
    record DeviceConsent(
            String form,
            String ask,
            String client,
            String username,
            List<ScopeText> scopes,
            List<DetailText> details,
            String typed)
            implements View {}

    /// What applications sent to the person, who looks at each.
    ///
    /// @param form the token of its forms
    /// @param code whether the person has set a code without which nobody sends it any
    record Requests(String form, String username, List<Sent> sent, boolean code, Optional<String> problem)
            implements View {}

    /// One of them.
    ///
    /// @param message what the application shows too; empty when it says nothing
    record Sent(String name, String client, String message) {}

    /// Whether the application that sent one may have what it asks for.
    ///
    /// @param message what the application shows too; empty when it says nothing
    record RequestConsent(
            String form,
            String ask,
            String client,
            String username,
            List<ScopeText> scopes,
            List<DetailText> details,
            String message)
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
    record Allowed(String application, String name, String at, List<ScopeText> scopes, List<DetailText> details) {}

    /// Something that people are told, and where they may go from there.
    ///
    /// @param error whether something is wrong
    record Message(String title, String text, boolean error, Optional<Way> way) implements View {}

    /// A link.
    record Way(String path, String text) {}
}
