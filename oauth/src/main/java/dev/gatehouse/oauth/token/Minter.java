package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.TokenPolicy;
import dev.gatehouse.core.decide.Actor;
import dev.gatehouse.core.decide.Exchanges;
import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Members;
import dev.gatehouse.core.decide.Subject;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Person;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.secret.Confirmation;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.oauth.keys.Keys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Makes an access token from an allowed verdict; from nothing else.
public final class Minter {
    private final TokenFormats formats;
    private final Keys keys;
    private final Subjects subjects;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// A minter that draws token ids from `random`, which is a secure one.
    ///
    /// @param subjects what clients know users as
    public Minter(TokenFormats formats, Keys keys, Subjects subjects, InstantSource clock, RandomGenerator random) {
        this.formats = formats;
        this.keys = keys;
        this.subjects = subjects;
        this.clock = clock;
        this.random = random;
    }

    /// Mints a token for the Api that the verdict is about, with the life that those of its application have.
    /// Does no I/O.
    public Minted mint(Verdict.Allowed allowed) {
        return mint(allowed, Optional.empty(), Optional.empty());
    }

    /// The same with a life that was asked for, as far as the Api lets it, bound to a key or a
    /// certificate.
    ///
    /// @param key that was proven
    public Minted mint(Verdict.Allowed allowed, Optional<Duration> asked, Optional<Confirmation> key) {
        Api api = allowed.facts().api();
        Duration life = api.tokens()
                .bounded(asked.or(() -> allowed.client().flatMap(Application::tokenLife))
                        .orElse(api.tokens().life()));
        long issuedAt = clock.instant().getEpochSecond();
        String holder = holder(allowed);
        String client = allowed.actor().orElse(holder);
        Optional<Subject> subject = allowed.facts().subject();
        Claims claims = new Claims(
                Id.random(Kind.TOKEN, random),
                api.id(),
                subject.map(one -> one.customer().id().text()).orElse(holder),
                client,
                allowed.lineage(),
                allowed.scopes(),
                Instant.ofEpochSecond(issuedAt),
                Instant.ofEpochSecond(end(allowed, issuedAt, life.toSeconds())),
                allowed.origin(),
                renewed(allowed.facts()).map(Claims::begun),
                key,
                actors(allowed, client),
                allowed.details());
        Optional<String> text = formats.write(claims, api, Subjects.hidden(allowed));
        if (text.isEmpty()) {
            return new Minted.NoKey();
        }
        return text.get().length() > Format.MAX_LENGTH
                ? new Minted.TooLong()
                : new Minted.Token(Secret.of(text.get()), claims);
    }

    /// A user as the application knows it that has the token.
    private String holder(Verdict.Allowed allowed) {
        return switch (allowed.members().holder()) {
            case Application application -> application.subject();
            case Person person -> subjects.of(allowed, person);
        };
    }

    /// RFC 8693 section 4.1: who acts now, before those that acted before.
    private static List<String> actors(Verdict.Allowed allowed, String client) {
        if (allowed.lineage().passed().isEmpty()) {
            return List.of();
        }
        List<String> actors = new ArrayList<>(
                allowed.facts().token().map(token -> token.claims().acting()).orElse(List.of()));
        if (allowed.lineage().passed().getLast().as() == Lineage.As.ACTOR) {
            actors.addFirst(client);
        }
        return actors;
    }

    /// The token in whose place a new one comes: who may have a token for one that it presents alone renews it.
    private static Optional<Claims> renewed(Facts facts) {
        return facts instanceof Facts.Derived derived && derived.claims().id().kind() == Kind.TOKEN
                ? Optional.of(derived.claims())
                : Optional.empty();
    }

    /// The end of the policy's life, or what comes before it: the end of a member's window, because a service
    /// that knows only the JWKS must not accept the token for longer, or of the token that is exchanged for it,
    /// or of the time that tokens are renewed for.
    private static long end(Verdict.Allowed allowed, long issuedAt, long asked) {
        Facts facts = allowed.facts();
        Members members = facts.members();
        long life = allowed.origin().isPresent() ? Math.min(asked, TokenPolicy.MAX_PAGE_LIFE.toSeconds()) : asked;
        long end = issuedAt + life;
        end = earlier(end, members.credential().standing());
        for (Standing standing : members.holder().standings()) {
            end = earlier(end, standing);
        }
        if (members.holder() instanceof Person person) {
            for (Organization organization : person.home()) {
                end = earlier(end, organization.standing());
            }
        }
        for (Organization organization : members.chain()) {
            end = earlier(end, organization.standing());
        }
        if (facts.subject().isPresent()) {
            end = earlier(end, facts.subject().get().customer().standing());
            for (Organization organization : facts.subject().get().chain()) {
                end = earlier(end, organization.standing());
            }
        }
        for (Actor actor : Exchanges.actors(facts)) {
            end = earlier(end, actor.application().standing());
            if (actor.credential().isPresent()) {
                end = earlier(end, actor.credential().get().standing());
            }
            for (Organization organization : actor.chain()) {
                end = earlier(end, organization.standing());
            }
        }
        Optional<Facts.Derived> acting = Exchanges.acting(facts);
        if (acting.isPresent()) {
            end = Math.min(end, acting.get().claims().expiresAt().getEpochSecond());
        }
        Optional<Claims> renewed = renewed(facts);
        if (renewed.isPresent()) {
            end = Math.min(
                    end, renewed.get().begun().plus(TokenPolicy.MAX_RENEWAL).getEpochSecond());
        } else if (facts.token().isPresent()) {
            end = Math.min(end, facts.token().get().claims().expiresAt().getEpochSecond());
        }
        return Math.max(end, issuedAt + 1);
    }

    private static long earlier(long end, Standing standing) {
        return standing.window()
                .expiresAt()
                .map(instant -> Math.min(end, instant.getEpochSecond()))
                .orElse(end);
    }

    /// Reads the keys when they changed, and draws the one that an Api lacks. Blocks.
    ///
    /// @throws dev.gatehouse.core.fact.FactsUnavailable when the database does not answer in time
    public void ensureKey(Api api) {
        keys.ensure(api);
    }
}
