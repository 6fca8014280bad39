package dev.gatehouse.testkit.contract;

import static dev.gatehouse.testkit.contract.Race.callers;
import static dev.gatehouse.testkit.contract.Race.race;
import static dev.gatehouse.testkit.contract.Race.winners;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Hold;
import dev.gatehouse.core.member.Organization;
import dev.gatehouse.core.member.Reach;
import dev.gatehouse.core.member.Restrictions;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.Window;
import dev.gatehouse.core.right.Rights;
import dev.gatehouse.core.right.Role;
import dev.gatehouse.core.store.Act;
import dev.gatehouse.core.store.MemberStore;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.core.store.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Replacing attributes of members: all or nothing, and never over what somebody else wrote meanwhile.
public abstract class ReplaceContract extends StoreContract {
    private static final Window UNTIL = Window.until(Nouns.NOW.plus(Duration.ofDays(1)));

    private MemberStore members() {
        return store().members();
    }

    private Organization organization(String name) {
        return done(members().add(nouns.organization(root(), name), act));
    }

    private Application application(String clientId) {
        return done(members().add(nouns.application(root(), clientId), act));
    }

    private Credential credential() {
        return done(members().add(nouns.credential(application("shop"), CredentialKind.SECRET), act));
    }

    private static Organization with(Organization it, String name, Window window) {
        return new Organization(it.id(), it.parent(), name, with(it.standing(), window), it.createdAt());
    }

    private static Application with(Application it, String name, Optional<Id> role, Window window) {
        return new Application(
                it.id(),
                it.organization(),
                it.clientId(),
                name,
                role,
                it.terms(),
                Optional.of(Duration.ofMinutes(7)),
                with(it.standing(), window),
                it.createdAt());
    }

    private static Credential with(Credential it, String name, Reach reach, Restrictions limits, Window window) {
        return it.with(name, reach, limits, with(it.standing(), window));
    }

    private static Standing with(Standing it, Window window) {
        return new Standing(it.holds(), it.revoked(), it.generation(), window, it.version());
    }

    private static Organization named(Organization it, String name) {
        return with(it, name, it.standing().window());
    }

    /// ADR 0032.
    @Test
    void whatAnOrganizationWantsOfPeopleIsKeptAndInTheTrail() {
        Organization wants =
                done(members().add(nouns.organization(root(), "wants").needing(true), act));
        assertThat(wants.secondFactor()).isTrue();
        Organization before = organization("shop");
        int rows = trail().size();
        Organization after = done(members().replace(before, before.needing(true), act));
        audited(rows, "organization.replace", before.id());
        assertThat(trail().getFirst().detail()).contains("second_factor");
        assertThat(members().organization(before.id())).contains(after);
        assertThat(after.secondFactor()).isTrue();
        assertThat(done(members().replace(after, after.needing(false), act)).secondFactor())
                .isFalse();
    }

    @Test
    void eachAttributeOfAMemberIsReplacedOnceAndAudited() {
        Organization organization = organization("Child");
        int before = trail().size();
        Organization renamed = done(members().replace(organization, with(organization, "Other", UNTIL), act));
        audited(before, "organization.replace", organization.id());
        assertThat(trail().getFirst().detail())
                .isEqualTo("{\"name\":\"Other\",\"name_before\":\"Child\","
                        + "\"expires_at\":\"2026-01-02T00:00:00.123456Z\",\"expires_at_before\":\"\"}");
        assertThat(renamed.name()).isEqualTo("Other");
        assertThat(renamed.standing().window()).isEqualTo(UNTIL);
        assertThat(renamed.standing().version()).isEqualTo(1);
        assertThat(members().organization(organization.id())).contains(renamed);

        Application application = application("shop");
        Optional<Id> role = Optional.of(installed.owner().id());
        Application promoted = done(members().replace(application, with(application, "Shop", role, UNTIL), act));
        assertThat(promoted.role()).isEqualTo(role);
        assertThat(promoted.name()).isEqualTo("Shop");
        assertThat(promoted.standing().window()).isEqualTo(UNTIL);
        assertThat(members().application(application.id())).contains(promoted);
        assertThat(done(members().replace(promoted, with(promoted, "Shop", Optional.empty(), Window.ALWAYS), act))
                        .role())
                .isEmpty();
    }

    @Test
    void aReplacedCredentialIsWhatDecisionsRestOnAtOnce() {
        Credential credential = credential();
        assertThat(facts(credential.id()).credential()).isEqualTo(credential.lean());
        int before = trail().size();
        Credential replaced = done(members()
                .replace(
                        credential,
                        with(credential, "new", new Reach.Only(Rights.NONE), Restrictions.NONE, UNTIL),
                        act));
        audited(before, "credential.replace", credential.id());
        assertThat(replaced.reach()).isEqualTo(new Reach.Only(Rights.NONE));
        assertThat(replaced.restrictions()).isEqualTo(Restrictions.NONE);
        assertThat(replaced.digest()).isEqualTo(credential.digest());
        assertThat(facts(credential.id()).credential()).isEqualTo(replaced.lean());
        Credential whole = done(members()
                .replace(
                        replaced,
                        with(replaced, "new", new Reach.WholeRole(), credential.restrictions(), Window.ALWAYS),
                        act));
        assertThat(whole.reach()).isEqualTo(new Reach.WholeRole());
        assertThat(whole.restrictions()).isEqualTo(credential.restrictions());
        assertThat(facts(credential.id()).credential()).isEqualTo(whole.lean());
    }

    @Test
    void theRoleOfAnApplicationIsAFactAtOnce() {
        Application application = application("shop");
        Credential credential = done(members().add(nouns.credential(application, CredentialKind.API_KEY), act));
        assertThat(facts(credential.id()).role()).isEmpty();
        Role owner = installed.owner();
        Application promoted = done(
                members().replace(application, with(application, "Shop", Optional.of(owner.id()), Window.ALWAYS), act));
        assertThat(facts(credential.id()).role()).map(Role::id).contains(owner.id());
        done(members().replace(promoted, with(promoted, "Shop", Optional.empty(), Window.ALWAYS), act));
        assertThat(facts(credential.id()).role()).isEmpty();
    }

    @Test
    void whatDiffersInNothingLeavesNoTrace() {
        Organization organization = organization("Child");
        int before = trail().size();
        assertThat(done(members().replace(organization, organization, act))).isEqualTo(organization);
        assertThat(trail()).hasSize(before);
    }

    @Test
    void nothingIsReplacedThatHasMovedOrCannotBe() {
        Organization organization = organization("Child");
        organization("Sibling");
        done(members().hold(organization.id(), Hold.OWNER, act));
        Organization held = members().organization(organization.id()).orElseThrow();
        int before = trail().size();
        assertThat(members().replace(organization, named(organization, "Other"), act))
                .isInstanceOf(Stored.Moved.class);
        assertThat(members().replace(held, named(held, "Sibling"), act)).isInstanceOf(Stored.Conflict.class);
        Organization nobody = nouns.organization(root(), "Nobody");
        assertThat(members().replace(nobody, named(nobody, "x"), act)).isInstanceOf(Stored.Missing.class);
        Organization top = installed.root();
        assertThat(members().replace(top, with(top, top.name(), UNTIL), act)).isInstanceOf(Stored.Conflict.class);
        Application application = application("shop");
        Optional<Id> lost = Optional.of(nouns.id(Kind.ROLE));
        assertThat(members().replace(application, with(application, "x", lost, Window.ALWAYS), act))
                .isInstanceOf(Stored.Missing.class);
        assertThat(members().organization(held.id())).contains(held);
        assertThat(trail()).as("one for the application").hasSize(before + 1);
        done(members().revoke(held.id(), act));
        Organization revoked = members().organization(held.id()).orElseThrow();
        assertThat(members().replace(revoked, named(revoked, "x"), act)).isInstanceOf(Stored.Conflict.class);
        assertThat(done(members().replace(top, named(top, "Renamed"), act)).name())
                .isEqualTo("Renamed");
    }

    @Test
    void verbsOnStandingObeyTheVersionOfTheirTerms() {
        Id member = application("shop").id();
        Act stale = act.on(Terms.version(7));
        int before = trail().size();
        assertThat(members().hold(member, Hold.OWNER, stale)).isInstanceOf(Stored.Moved.class);
        assertThat(members().lift(member, Hold.OWNER, stale)).isInstanceOf(Stored.Moved.class);
        assertThat(members().cut(member, stale)).isInstanceOf(Stored.Moved.class);
        assertThat(members().revoke(member, stale)).isInstanceOf(Stored.Moved.class);
        assertThat(members().schedule(member, UNTIL, stale)).isInstanceOf(Stored.Moved.class);
        assertThat(trail()).hasSize(before);
        assertThat(done(members().hold(member, Hold.OWNER, act.on(Terms.version(0))))
                        .version())
                .isEqualTo(1);
        assertThat(done(members().revoke(member, act.on(Terms.version(1)))).revoked())
                .isTrue();
    }

    @Test
    void ofManyThatReadTheSameStateOneReplacesIt() {
        Organization organization = organization("Child");
        List<Stored<Organization>> results = race(callers(caller ->
                () -> members().replace(organization, named(organization, "by " + caller), act)));
        assertThat(winners(results)).isEqualTo(1);
        assertThat(results).filteredOn(Stored.Moved.class::isInstance).hasSize(Race.CALLERS - 1);
        assertThat(members()
                        .organization(organization.id())
                        .orElseThrow()
                        .standing()
                        .version())
                .isEqualTo(1);
    }

    @Test
    void ofManyThatWantTheSameVersionHeldOneHoldsIt() {
        Id member = application("shop").id();
        List<Stored<Standing>> cut = race(callers(_ -> () -> members().cut(member, act.on(Terms.version(0)))));
        assertThat(winners(cut)).isEqualTo(1);
    }
}
