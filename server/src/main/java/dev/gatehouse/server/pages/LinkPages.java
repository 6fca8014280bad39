package dev.gatehouse.server.pages;

import dev.gatehouse.core.http.Reply;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.IdentityProvider;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.IdentityStore.Held;
import dev.gatehouse.core.store.IdentityStore.Left;
import dev.gatehouse.core.store.IdentityStore.Link;
import dev.gatehouse.core.store.IdentityStore.Step;
import dev.gatehouse.core.store.IdentityStore.Trip;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.endpoint.Form;
import dev.gatehouse.oauth.federation.ExternalIdentity;
import dev.gatehouse.server.federation.Accounts;
import dev.gatehouse.server.federation.FederationFlow.Came;
import dev.gatehouse.server.federation.FederationFlow.Login;
import dev.gatehouse.server.federation.FederationFlow.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Linking an account at a provider to whoever is signed in, and taking that back: by somebody who has just proven
/// itself with all that it has, who sees the account before it counts (GAUNTLET J02, J04). What was proven of
/// it is for this person, this login and this one time.
record LinkPages(
        PageDesk desk, FormTokens tokens, Html html, Replies replies, SignInPage signIn, FederationPages federation) {
    private static final Duration CONFIRM = Duration.ofMinutes(5);

    Reply posted(Visit visit, Form form) {
        if (visit.visitor().isEmpty()) {
            return Replies.see(Paths.SIGN_IN);
        }
        Visitor who = visit.visitor().get();
        Instant now = desk.store().clock().instant();
        if (!SecurityPage.proven(who.session(), desk.factors().of(who.user()).totp(), now)) {
            return signIn.again(visit, who);
        }
        if (form.value("link").isPresent()) {
            Login login = new Login(who.session().id(), who.user());
            return federation.begun(
                    visit,
                    form.value("link").get(),
                    new Purpose(Optional.of(login), Optional.empty(), Optional.of(0L), Optional.empty(), false));
        }
        Act act = who.act(visit.http().id(), now);
        if (form.value("unlink").isPresent()) {
            return unlinked(visit, who, form.value("unlink").get(), act);
        }
        return form.value("proof")
                .map(proof -> confirmed(visit, who, proof, act))
                .orElseGet(() -> replies.unreadable(visit.texts()));
    }

    /// What is left is enough to sign in by, so that nobody locks itself out.
    private Reply unlinked(Visit visit, Visitor who, String credential, Act act) {
        Optional<Stored<Link>> gone = Id.parse(Kind.CREDENTIAL, credential)
                .map(one -> desk.store().identities().unlink(who.user(), one, Left.A_WAY_IN, act));
        if (gone.filter(one -> one instanceof Stored.Conflict<Link>).isPresent()) {
            return problem(visit, 409, "federation.last");
        }
        gone.ifPresent(desk::ended);
        return Replies.see(Paths.SECURITY);
    }

    private Reply problem(Visit visit, int status, String text) {
        return html.page(
                status,
                visit.texts(),
                new View.Message(
                        visit.texts().of("error.title"),
                        visit.texts().of(text),
                        true,
                        Optional.of(new View.Way(Paths.SECURITY, visit.texts().of("federation.again")))));
    }

    /// A browser that came back with an account. Only the login that sent it there is asked.
    Reply back(Visit visit, Came.Somebody somebody) {
        Trip trip = somebody.trip();
        Optional<Visitor> who = visit.visitor()
                .filter(one -> trip.login().equals(Optional.of(one.session().id())))
                .filter(one -> trip.user().equals(Optional.of(one.user())));
        if (who.isEmpty()) {
            return federation.refused(visit, trip);
        }
        IdentityProvider provider = somebody.held().provider();
        Instant now = desk.store().clock().instant();
        Secret proof = desk.federation().secrets().draw(desk.random());
        boolean kept = desk.store()
                .identities()
                .begin(new Trip(
                        desk.federation().pepper().digest(proof),
                        Step.CONFIRM,
                        provider.id(),
                        visit.api().id(),
                        trip.login(),
                        trip.user(),
                        Optional.of(somebody.identity().subject()),
                        Optional.empty(),
                        Optional.empty(),
                        now,
                        now.plus(CONFIRM)));
        if (!kept) {
            return replies.unavailable(visit.texts());
        }
        View view = new View.LinkQuestion(
                tokens.make(FederatedViews.FORM, visit.holder()),
                proof.reveal(),
                Texts.plain(provider.title()),
                account(somebody),
                who.get().username());
        return html.page(200, visit.texts(), view);
    }

    /// What the provider calls it, for the eye alone.
    private static String account(Came.Somebody somebody) {
        ExternalIdentity identity = somebody.identity();
        String text = identity.claim("email")
                .or(() -> identity.claim("preferred_username"))
                .or(() -> identity.claim("name"))
                .orElse(identity.subject());
        return Texts.plain(text.length() > 100 ? text.substring(0, 100) : text);
    }

    private Reply confirmed(Visit visit, Visitor who, String proof, Act act) {
        Optional<Trip> trip = Optional.of(Secret.of(proof))
                .filter(desk.federation().secrets()::drew)
                .flatMap(secret -> desk.store()
                        .identities()
                        .take(desk.federation().pepper().digests(secret), Step.CONFIRM, act.at()))
                .filter(one -> one.login().equals(Optional.of(who.session().id()))
                        && one.user().equals(Optional.of(who.user()))
                        && one.api().equals(visit.api().id()));
        Optional<Held> held = trip.flatMap(one -> desk.store().identities().provider(one.provider()))
                .filter(one -> one.provider().serves(visit.api().id()));
        Optional<User> user = desk.store().users().user(who.user());
        if (trip.isEmpty() || held.isEmpty() || user.isEmpty()) {
            return problem(visit, 403, "federation.proof");
        }
        Accounts accounts = new Accounts(desk.store(), desk.federation().pepper(), desk.random());
        IdentityProvider provider = held.get().provider();
        if (!accounts.admits(provider, user.get().organization())) {
            return problem(visit, 403, "federation.refused");
        }
        return accounts.link(
                                provider,
                                user.get(),
                                trip.get().subject().orElseThrow(),
                                who.session().id(),
                                act)
                        instanceof Stored.Done<Link>
                ? Replies.see(Paths.SECURITY)
                : problem(visit, 409, "federation.taken");
    }
}
