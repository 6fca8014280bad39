package dev.gatehouse.oauth.token;

import dev.gatehouse.core.client.Sector;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.oauth.jose.Base64Url;
import java.nio.charset.StandardCharsets;

/// What clients know users as (`sub`, OpenID Connect Core section 8): their id, or, of a client that chose
/// `pairwise`, a name that is the same for all clients of its sector at an Api and tells nobody else who that
/// is. It is computed, so nothing is kept of it.
public final class Subjects {
    /// A user and its login as a client knows them.
    public record Told(String subject, String login) {}

    private final HmacSha256 key;

    /// @param key never another one: with it every client of a sector would meet strangers
    public Subjects(HmacSha256 key) {
        this.key = key;
    }

    /// The name of a user.
    ///
    /// @param client who is told it
    public String of(Id user, Id api, Application client) {
        return client.terms()
                .sector()
                .map(sector -> pairwise(user, api, shared(sector, client)))
                .orElseGet(user::text);
    }

    /// The name of the user who was allowed, for whoever has the token or asks with it ([Verdict.Allowed#client]):
    /// whom that is, is said there alone. A user who uses no application knows itself by its id.
    public String of(Verdict.Allowed allowed, Person person) {
        return allowed.client()
                .map(client -> of(person.user(), allowed.facts().api().id(), client))
                .orElseGet(person::subject);
    }

    /// Both names that a client is told after a sign-in. Whoever knows users under names of its own knows
    /// logins so, too (`sid`, Front-Channel Logout 1.0 section 3): one that two clients were told of would tell
    /// them that its user is one.
    ///
    /// @param login as the client was first told of it
    public Told told(Id user, Id login, Id api, Application client) {
        String sid = client.terms()
                .sector()
                .map(_ -> name("sid\n" + client.id().text() + '\n' + api.text() + '\n' + login.text()))
                .orElseGet(login::text);
        return new Told(of(user, api, client), sid);
    }

    /// Whether a token may say nothing of its user in the clear that other clients could read in theirs.
    static boolean hidden(Verdict.Allowed allowed) {
        return allowed.members().holder() instanceof Person
                && allowed.client().flatMap(client -> client.terms().sector()).isPresent();
    }

    /// The id of an application is no host.
    private static String shared(Sector sector, Application client) {
        return switch (sector) {
            case Sector.Site(String host) -> host;
            case Sector.Own _, Sector.Unsure _ -> client.id().text();
        };
    }

    /// No host and no id has a line feed in it.
    private String pairwise(Id user, Id api, String sector) {
        return name(sector + '\n' + api.text() + '\n' + user.text());
    }

    private String name(String text) {
        return Base64Url.encode(key.mac(text.getBytes(StandardCharsets.UTF_8)));
    }
}
