package dev.gatehouse.core.proof;

import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.secret.Offered;
import dev.gatehouse.core.secret.PublicKeys;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.secret.TrustedIssuer;
import dev.gatehouse.core.token.Claims;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/// What a caller showed: unproven, to be trusted by nobody. [Prover] turns it into facts.
public sealed interface Presented {
    /// What proves a member by itself.
    sealed interface Own extends Presented permits Key, OfClient {}

    /// What proves an application as a client of OAuth.
    sealed interface OfClient extends Own permits Client, Vouched, Believed {}

    /// An API key.
    record Key(Secret text) implements Own {}

    /// An access token of any format.
    record Token(Secret text) implements Presented {}

    /// An access token, and the thumbprint of a key that was proven beside it.
    record Bound(Secret text, String key) implements Presented {}

    /// An access token, and the thumbprint of the certificate of the connection that it came over: one that is
    /// bound to no certificate may come over any.
    record Certified(Secret text, String certificate) implements Presented {}

    /// An access token as it came, over a connection that has shown this certificate.
    static Presented bearer(Secret text, Optional<String> certificate) {
        return certificate.<Presented>map(shown -> new Certified(text, shown)).orElseGet(() -> new Token(text));
    }

    /// An access token that somebody asks about: who asks need not have the key that it is bound to.
    record Questioned(Secret text) implements Presented {}

    /// A client's public id and its secret.
    ///
    /// @param method how they were sent; [ClientMethod#SECRET] where that is no matter of a client's terms
    record Client(String clientId, Secret secret, ClientMethod method) implements OfClient {
        /// As another wire format has it.
        public Client(String clientId, Secret secret) {
            this(clientId, secret, ClientMethod.SECRET);
        }
    }

    /// A client's public id, and what it signed to prove itself (RFC 7523 section 2.2): read, and in order but
    /// for its signature. It proves who asks, and opens nothing until it has been used up: [Vouched].
    ///
    /// @param signature whether it was made under one of these keys
    /// @param at when it is looked at: of several credentials that have its key, one counts that does then
    record Asserted(String clientId, Predicate<PublicKeys> signature, Instant at) implements Presented {}

    /// A client's public id, and an authorization request that it signed (RFC 9101): read, and in order but for its
    /// signature. It proves who wrote the request, in whatever way that client authenticates, and opens nothing.
    ///
    /// @param signature whether it was made under one of these keys
    /// @param at when it is looked at
    record Requested(String clientId, Predicate<PublicKeys> signature, Instant at) implements Presented {}

    /// A client's public id, over a connection whose certificate it has: whether that is one of its own is to
    /// be seen. It proves who asks, and opens nothing by itself: [Vouched].
    ///
    /// @param method how it has to be registered
    /// @param certificate whether it is of what is kept of a credential
    /// @param at when it is looked at
    record Connected(String clientId, ClientMethod method, Predicate<PublicKeys> certificate, Instant at)
            implements Presented {}

    /// A client whose assertion was proven and is used up, or whose certificate was proven: that is known already.
    ///
    /// @param credential the public keys of which one made the signature
    /// @param method how it was proven
    record Vouched(String clientId, Id credential, ClientMethod method) implements OfClient {
        /// By an assertion.
        public Vouched(String clientId, Id credential) {
            this(clientId, credential, ClientMethod.PRIVATE_KEY_JWT);
        }
    }

    /// A client's public id, and what an issuer signed that it is believed by (RFC 7523 section 2.1): read, and in
    /// order but for its signature. It proves who is spoken of, and opens nothing until it has been used up:
    /// [Believed].
    ///
    /// @param issuer who signed
    /// @param subject of whom
    /// @param signature whether it was made under one of the issuer's keys
    /// @param at when it is looked at: of several credentials that have its key, one counts that does then
    record Attested(String clientId, String issuer, String subject, Predicate<TrustedIssuer> signature, Instant at)
            implements Presented {}

    /// A client of which an issuer spoke that it is believed by, and what that signed is used up: known already.
    ///
    /// @param credential the issuer's keys of which one made the signature
    record Believed(String clientId, Id credential) implements OfClient {}

    /// The same of a user for whom the client acts.
    ///
    /// @param username what the issuer calls the user
    record BelievedUser(Believed client, String username) implements Presented {}

    /// The refresh token of a credential that has one live token at a time.
    record Refreshing(Secret text) implements Presented {}

    /// A domain key.
    record DomainKey(Secret text) implements Presented {}

    /// A user's name and password.
    ///
    /// @param organization the one to act in; the user's home when absent
    /// @param from the address that they came from
    record Login(String username, Secret password, Optional<Id> organization, InetAddress from) implements Presented {}

    /// A user that has proven itself: that is known already.
    ///
    /// @param credential by which
    /// @param membership as which it acts
    record Proved(Id credential, Id membership) implements Presented {}

    /// The string of an open login.
    record Session(Secret text) implements Presented {}

    /// A user whose login is open, asked to let an application act: the session is known already.
    ///
    /// @param login of whom the store has this
    record Consenting(dev.gatehouse.core.token.Session login, Id application) implements Presented {}

    /// What a user granted an application, as the store has it.
    ///
    /// @param grant under an id of [dev.gatehouse.core.id.Kind#GRANT]
    record Granted(Claims grant) implements Presented {}

    /// An application that acts for a customer.
    record Acting(Own own, Id customer) implements Presented {}

    /// A client, and beside it the secret of a user for whom it wants to act.
    record Beside(OfClient client, Secret userSecret) implements Presented {}

    /// What an application signed a request with: it says who that is, and the signature whether it is so.
    ///
    /// @param signature whether it was made under the key of this credential
    /// @param at when it is looked at: of several credentials that have its key, one counts that does then
    record Signed(String clientId, Predicate<Credential> signature, Instant at) implements Presented {}

    /// A client that asks for a token in exchange for one that it has.
    ///
    /// @param actor the token of whoever acts for the subject, if one is sent (RFC 8693 section 2.1)
    /// @param beside what was proven besides
    record Exchanging(OfClient client, Secret token, Optional<Secret> actor, Offered beside) implements Presented {
        /// With nothing besides.
        public Exchanging(OfClient client, Secret token) {
            this(client, token, Optional.empty(), Offered.NONE);
        }

        /// The same, with this proven besides.
        public Exchanging proving(Offered other) {
            return new Exchanging(client, token, actor, other);
        }
    }

    /// An access token that is to be exchanged for one that acts for a customer.
    record Delegating(Secret token, Id customer) implements Presented {}

    /// What is presented, together with whom the request says that it is for: nothing is ever allowed by that.
    ///
    /// @param clientId the holder's public name, which has to be the credential's own
    /// @param organization the one that the holder acts in, or one below that
    record Selecting(Presented presented, Optional<String> clientId, Optional<Id> organization) implements Presented {}
}
