package dev.gatehouse.server.admin;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.net.OriginPattern;
import dev.gatehouse.core.net.OriginSet;
import dev.gatehouse.core.right.Catalogue;
import dev.gatehouse.core.right.Rights;
import java.util.List;

/// What is for web pages: the patterns of their origins, and what a key that anybody can read in one may carry.
final class Pages {
    static final Type<OriginPattern> ORIGIN = Type.text(
            "an origin such as https://app.example.com or https://*.example.com for one label below a name that is no"
                    + " public suffix; http for this machine only",
            Schema.of("maxLength", 280, "examples", List.of("https://app.example.com")),
            PublicSuffixes::pattern,
            OriginPattern::text);

    static final Type<List<OriginPattern>> ORIGINS = Type.list(ORIGIN, 1, Api.MAX_ORIGINS);

    private static final Attribute<OriginSet, List<OriginPattern>> ALLOWED =
            Attribute.of("origins", ORIGINS, OriginSet::listed);

    /// An Api's own pages.
    static final Type<OriginSet> CORS = Type.object(
            Form.of(Form.required(ALLOWED)),
            given -> Got.of(OriginSet.of(given.need(ALLOWED))),
            origins -> Noun.show(origins, List.of(ALLOWED), View.NONE));

    private Pages() {}

    /// Whether a credential of this kind may have these origins: a domain key names some, no other kind does.
    static Got<List<OriginPattern>> fitting(CredentialKind kind, List<OriginPattern> origins) {
        boolean page = kind == CredentialKind.DOMAIN_KEY;
        if (page == !origins.isEmpty()) {
            return Got.of(origins);
        }
        return page
                ? Got.no(new Problem.MissingField("origins"))
                : Got.no(new Problem.InvalidField("origins", "left out: keys of this kind are for no pages"));
    }

    /// Whether a credential of this kind may reach so far: a domain key carries scopes by name, each of them
    /// browser-safe.
    static Got<Reach> fitting(CredentialKind kind, Reach reach, View view) {
        if (kind != CredentialKind.DOMAIN_KEY) {
            return Got.of(reach);
        }
        return switch (reach) {
            case Reach.WholeRole() -> no("scopes by name, since anybody can read the key");
            case Reach.Only(Rights rights) -> {
                for (var entry : rights.byApi().entrySet()) {
                    Catalogue catalogue = view.catalogue(entry.getKey());
                    for (String scope : entry.getValue().list()) {
                        if (!catalogue.browserSafe(scope)) {
                            yield no("scopes that their Api calls browser_safe; " + scope + " is none");
                        }
                    }
                }
                yield Got.of(reach);
            }
        };
    }

    private static Got<Reach> no(String allowed) {
        return Got.no(new Problem.InvalidField("scopes", allowed));
    }
}
