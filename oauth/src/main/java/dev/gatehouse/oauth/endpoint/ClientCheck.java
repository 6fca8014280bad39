package dev.gatehouse.oauth.endpoint;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.core.member.Application;

/// Client authentication at endpoints that take what a client asks for in somebody's name: the same as at the
/// token endpoint, whichever way is the client's. Blocks.
public final class ClientCheck {
    private final Clients clients;
    private final AssertedClients signers;

    /// @param signers finds clients that sign what proves them
    public ClientCheck(Clients clients, AssertedClients signers) {
        this.clients = clients;
        this.signers = signers;
    }

    /// Whose request this is.
    public Clients.Found client(HttpFacts http, Form form, Api api) {
        Clients.Found found = clients.find(signers.proven(ClientAuthentication.read(http, form), http, api), http, api);
        return found instanceof Clients.Found.Known(Application client) && !clients.counts(client, api)
                ? new Clients.Found.Failed(
                        new OAuthError.InvalidClient(false),
                        new Refusal.BadCredential("its document does not count", true))
                : found;
    }

    /// Whether a client only says who it is.
    public static boolean named(HttpFacts http, Form form) {
        return ClientAuthentication.read(http, form) instanceof ClientAuthentication.Read.Named;
    }

    /// The parameters without those that prove the client, which are nobody's to keep.
    public static Form asked(Form form) {
        return form.without(ClientAuthentication.PARAMETERS);
    }
}
