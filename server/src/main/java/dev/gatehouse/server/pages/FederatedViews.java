package dev.gatehouse.server.pages;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Link;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What pages show of identity providers: buttons, and what somebody has linked.
record FederatedViews(PageDesk desk, FormTokens tokens) {
    /// The name of their form.
    static final String FORM = "federation";

    /// For whoever signs in.
    View.Federated offered(Visit visit) {
        List<IdentityProvider> offered = desk.federation().offered(visit.api());
        return offered.isEmpty()
                ? View.Federated.NONE
                : new View.Federated(token(visit), providers(offered), List.of());
    }

    private String token(Visit visit) {
        return tokens.make(FORM, visit.holder());
    }

    private static List<View.Provider> providers(List<IdentityProvider> providers) {
        return providers.stream()
                .map(one -> new View.Provider(one.name(), Texts.plain(one.title())))
                .toList();
    }

    /// For whoever looks at how it signs in: what it has, and what it may link besides. What it has is in the
    /// database, and so is whose it is: no account is hidden from its person because this node has not heard of a
    /// provider.
    View.Federated of(Visit visit, Visitor who) {
        List<Link> links = desk.store().identities().links(who.user());
        List<IdentityProvider> offered = desk.federation().offered(visit.api());
        if (links.isEmpty() && offered.isEmpty()) {
            return View.Federated.NONE;
        }
        Map<Id, IdentityProvider> known = links.isEmpty()
                ? Map.of()
                : desk.store().identities().providers().stream()
                        .map(Held::provider)
                        .collect(Collectors.toMap(IdentityProvider::id, Function.identity()));
        List<View.Linked> linked = links.stream()
                .flatMap(link -> Optional.ofNullable(known.get(link.provider())).stream()
                        .map(provider -> new View.Linked(
                                link.credential().text(),
                                Texts.plain(provider.title()),
                                visit.texts().moment(link.since()))))
                .toList();
        List<IdentityProvider> more = offered.stream()
                .filter(one -> links.stream().noneMatch(link -> link.provider().equals(one.id())))
                .toList();
        return new View.Federated(token(visit), providers(more), linked);
    }
}
