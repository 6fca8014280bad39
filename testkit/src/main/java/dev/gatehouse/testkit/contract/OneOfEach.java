package dev.gatehouse.testkit.contract;

import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.Application;
import dev.gatehouse.core.member.Credential;
import dev.gatehouse.core.member.CredentialKind;
import dev.gatehouse.core.member.Standing;
import dev.gatehouse.core.member.User;
import dev.gatehouse.core.store.MemberStore;

/// A member of each kind in the store of a contract, and how it stands.
final class OneOfEach {
    private final StoreContract contract;

    OneOfEach(StoreContract contract) {
        this.contract = contract;
    }

    private MemberStore members() {
        return contract.store().members();
    }

    Application application(String clientId) {
        return StoreContract.done(members().add(contract.nouns.application(contract.root(), clientId), contract.act));
    }

    Credential credential(Application application, CredentialKind kind) {
        return StoreContract.done(members().add(contract.nouns.credential(application, kind), contract.act));
    }

    /// One of this kind.
    Id member(Kind kind) {
        return switch (kind) {
            case ORGANIZATION ->
                StoreContract.done(members().add(contract.nouns.organization(contract.root(), "Child"), contract.act))
                        .id();
            case APPLICATION -> application("shop").id();
            case CREDENTIAL ->
                credential(application("shop"), CredentialKind.API_KEY).id();
            case CUSTOMER ->
                StoreContract.done(contract.store()
                                .customers()
                                .add(contract.nouns.customer(contract.root(), "4711"), contract.act))
                        .id();
            case USER ->
                StoreContract.done(contract.store()
                                .users()
                                .add(contract.nouns.user(contract.root(), "alice"), contract.act))
                        .id();
            case MEMBERSHIP -> {
                User user = StoreContract.done(
                        contract.store().users().add(contract.nouns.user(contract.root(), "bob"), contract.act));
                yield StoreContract.done(contract.store()
                                .users()
                                .add(contract.nouns.membership(user.id(), contract.root()), contract.act))
                        .id();
            }
            case CONNECTION ->
                StoreContract.done(contract.store()
                                .connections()
                                .add(contract.nouns.connection(contract.root(), "crm"), Nouns.SEALED, contract.act))
                        .id();
            case SESSION, API, ROUTE, ROLE, KEY, TOKEN, GRANT, CONNECT_SESSION, IDENTITY_PROVIDER, NODE ->
                throw new IllegalArgumentException("not a member: " + kind);
        };
    }

    Standing standing(Id member) {
        return switch (member.kind()) {
            case ORGANIZATION -> members().organization(member).orElseThrow().standing();
            case APPLICATION -> members().application(member).orElseThrow().standing();
            case CREDENTIAL -> members().credential(member).orElseThrow().standing();
            case CUSTOMER ->
                contract.store().customers().customer(member).orElseThrow().standing();
            case USER -> contract.store().users().user(member).orElseThrow().standing();
            case MEMBERSHIP ->
                contract.store().users().membership(member).orElseThrow().standing();
            case CONNECTION ->
                contract.store().connections().connection(member).orElseThrow().standing();
            case SESSION, API, ROUTE, ROLE, KEY, TOKEN, GRANT, CONNECT_SESSION, IDENTITY_PROVIDER, NODE ->
                throw new IllegalArgumentException("not a member: " + member);
        };
    }
}
