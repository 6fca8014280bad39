package dev.gatehouse.dialect.model;

import static dev.gatehouse.dialect.model.Input.ACCESS_TOKEN;
import static dev.gatehouse.dialect.model.Input.API_KEY;
import static dev.gatehouse.dialect.model.Input.CLIENT_ID;
import static dev.gatehouse.dialect.model.Input.CLIENT_SECRET;
import static dev.gatehouse.dialect.model.Input.CUSTOMER;
import static dev.gatehouse.dialect.model.Input.ORGANIZATION;
import static dev.gatehouse.dialect.model.Input.ORIGIN;
import static dev.gatehouse.dialect.model.Input.PASSWORD;
import static dev.gatehouse.dialect.model.Input.REDIRECT;
import static dev.gatehouse.dialect.model.Input.SESSION;
import static dev.gatehouse.dialect.model.Input.TARGET_TOKEN;
import static dev.gatehouse.dialect.model.Input.USERNAME;

import java.util.List;
import java.util.Map;

/// What an endpoint does. The list is closed: each is one capability of Gatehouse, and who serves dialects
/// answers for all of them in one exhaustive `switch`.
public enum Operation implements Word {
    /// Issues an access token to whoever proves itself.
    ISSUE(
            "issue",
            "issues an access token",
            Takes.either(List.of(
                            List.of(CLIENT_ID, CLIENT_SECRET),
                            List.of(USERNAME, PASSWORD),
                            List.of(CLIENT_ID, Input.DOMAIN_KEY),
                            List.of(API_KEY)))
                    .may(ORGANIZATION, ORIGIN, Input.USER_KEY, Input.SCOPES, Input.LIFE),
            Shows.token(Output.ORGANIZATION, Output.ROOT_ORGANIZATION, Output.CLIENT_ID, Output.APIS)),

    /// Issues an access token that acts for a customer of the caller.
    DELEGATE(
            "delegate",
            "issues an access token that acts for a customer of the caller",
            Takes.either(List.of(List.of(ACCESS_TOKEN, CUSTOMER), List.of(API_KEY, CUSTOMER)))
                    .may(CLIENT_ID, Input.SCOPES, Input.LIFE),
            Shows.token(Output.CUSTOMER, Output.ORGANIZATION, Output.CLIENT_ID)),

    /// Exchanges an access token that still counts for a new one.
    RENEW(
            "renew",
            "exchanges an access token that still counts for a new one",
            Takes.of(ACCESS_TOKEN).may(CLIENT_ID, ORGANIZATION, ORIGIN),
            Shows.token(Output.ORGANIZATION, Output.ROOT_ORGANIZATION, Output.CLIENT_ID)),

    /// Exchanges a refresh token for new tokens.
    REFRESH(
            "refresh",
            "exchanges a refresh token for new tokens",
            Takes.of(Input.REFRESH_TOKEN).may(ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET, ORGANIZATION),
            Shows.token(Output.ORGANIZATION, Output.ROOT_ORGANIZATION, Output.CLIENT_ID)),

    /// Exchanges an authorization code for tokens (RFC 7636).
    REDEEM(
            "redeem",
            "exchanges an authorization code of a user's for tokens; codes come from `/oauth2/authorize` of the Api",
            Takes.of(CLIENT_ID, Input.CODE).may(CLIENT_SECRET, Input.VERIFIER, REDIRECT, ORGANIZATION),
            Shows.token(Output.ORGANIZATION, Output.ROOT_ORGANIZATION, Output.CLIENT_ID)),

    /// Asks the user in front of a browser and sends it back with a code.
    AUTHORIZE(
            "authorize",
            "sends a browser on to `/oauth2/authorize` of the Api, where its user is asked; it comes back with `code`,"
                    + " `state` and `iss`",
            Takes.of(CLIENT_ID, REDIRECT, Input.CHALLENGE).may(Input.STATE, Input.SCOPES),
            Shows.NOTHING),

    /// Opens a session.
    OPEN_SESSION(
            "open-session",
            "opens a session for a user",
            Takes.of(USERNAME, PASSWORD).may(Input.ANY_ADDRESS, Input.LIFE),
            Shows.of(Output.SESSION, Output.EXPIRES_IN, Output.EXPIRES_AT)),

    /// Ends the session that is presented.
    CLOSE_SESSION("close-session", "ends the session that is presented", Takes.of(SESSION), Shows.NOTHING),

    /// Ends the token that is named.
    REVOKE_TOKEN(
            "revoke-token",
            "ends the token that is named, when it is the caller's or was derived from the caller's",
            Takes.of(TARGET_TOKEN).may(ACCESS_TOKEN, API_KEY, CLIENT_ID, CLIENT_SECRET, ORGANIZATION),
            Shows.NOTHING),

    /// Ends the token that is presented.
    REVOKE_PRESENTED(
            "revoke-presented",
            "ends the token that is presented, and what was derived from it",
            Takes.of(ACCESS_TOKEN).may(CLIENT_ID, ORGANIZATION),
            Shows.NOTHING),

    /// Lists the Apis that the caller may use.
    LIST_APIS("list-apis", "lists the Apis that the caller may use", Takes.calling(), Shows.of(Output.APIS)),

    /// Suspends an organization.
    SUSPEND_ORGANIZATION(
            "suspend-organization",
            "suspends an organization below the caller's: everything of it stops",
            Takes.managing(Input.TARGET_ORGANIZATION),
            Shows.NOTHING),

    /// Lifts that again.
    RESUME_ORGANIZATION(
            "resume-organization",
            "reactivates an organization that was suspended",
            Takes.managing(Input.TARGET_ORGANIZATION),
            Shows.NOTHING),

    /// Bounds what an application may do there.
    SET_ACCESS(
            "set-access",
            "lets an application of the caller's organization do at one below what a role gives at most, or nothing",
            Takes.managing(Input.TARGET_ORGANIZATION, Input.TARGET_CLIENT, Input.ACCESS)
                    .may(Input.ROLE),
            Shows.NOTHING),

    /// Makes an API key.
    CREATE_KEY(
            "create-key",
            "makes an API key of the caller's organization or of one below it, within the caller's rights",
            Takes.managing(Input.NAME).ofAKey(),
            Shows.KEY),

    /// Lists API keys.
    LIST_KEYS(
            "list-keys",
            "lists the API keys of the caller's organization, or of one below it, that were made like this",
            Takes.managing()
                    .may(
                            Input.TARGET_ORGANIZATION,
                            Input.NAME,
                            Input.ENABLED,
                            Input.TARGET_SECRET,
                            Input.ORDER,
                            Input.DIRECTION,
                            Input.PAGE,
                            Input.PAGE_SIZE),
            Shows.KEY.items(Output.PAGE, Output.PAGE_SIZE, Output.TOTAL, Output.PAGES, Output.ORDER, Output.DIRECTION)),

    /// Shows one.
    GET_KEY(
            "get-key",
            "shows one of these keys",
            Takes.managing(Input.TARGET_KEY).may(Input.TARGET_ORGANIZATION),
            Shows.KEY),

    /// Changes one.
    UPDATE_KEY(
            "update-key",
            "changes one of these keys, within the caller's rights, suspends it or reactivates it; what is left out"
                    + " stays",
            Takes.managing(Input.TARGET_KEY).ofAKey(),
            Shows.KEY),

    /// Makes a connection.
    CREATE_CONNECTION(
            "create-connection",
            "tries a credential at a platform and makes a connection of the caller's organization of it",
            Takes.managing(Input.PLATFORM, Input.KIND, Input.CREDENTIAL).may(Input.DESCRIPTION),
            Shows.CONNECTION),

    /// Lists connections.
    LIST_CONNECTIONS(
            "list-connections",
            "lists the connections of the caller's organization; 25 where no `page-size` is said",
            Takes.managing().may(Input.PAGE_NUMBER, Input.PAGE_SIZE, Input.FIELDS, Input.SORT),
            Shows.CONNECTION.items(Output.TOTAL)),

    /// Counts them.
    COUNT_CONNECTIONS(
            "count-connections",
            "counts the connections of the caller's organization",
            Takes.managing(),
            Shows.of(Output.TOTAL)),

    /// Shows one.
    GET_CONNECTION(
            "get-connection",
            "shows one of these connections, never its credential",
            Takes.managing(Input.TARGET_CONNECTION).may(Input.FIELDS),
            Shows.CONNECTION),

    /// Changes one.
    UPDATE_CONNECTION(
            "update-connection",
            "puts another credential, once it was tried, or another description in the place of what is there; the"
                    + " key, platform and kind stay",
            Takes.managing(Input.TARGET_CONNECTION)
                    .may(Input.PLATFORM, Input.KIND, Input.CREDENTIAL, Input.DESCRIPTION),
            Shows.CONNECTION),

    /// Ends one.
    DELETE_CONNECTION(
            "delete-connection",
            "revokes one of these connections",
            Takes.managing(Input.TARGET_CONNECTION),
            Shows.NOTHING),

    /// Lists platforms.
    LIST_PLATFORMS(
            "list-platforms",
            "lists the platforms that connections may be made to, as far as `names` has a name for their kinds",
            Takes.calling().may(Input.FIELDS, Input.SORT),
            Shows.PLATFORM.items(Output.TOTAL)),

    /// Shows one.
    GET_PLATFORM(
            "get-platform",
            "shows one of these platforms",
            Takes.calling(Input.PLATFORM).may(Input.FIELDS),
            Shows.PLATFORM),

    /// Sends a browser through the consent of a third-party platform.
    CONNECT(
            "connect",
            "sends a browser through the consent of a third-party platform and back with the platform's tokens, to an"
                    + " address that the Api lists",
            Takes.of(Input.PLATFORM, REDIRECT).may(Input.STATE),
            Shows.of(
                    Output.INSTANCE_URL,
                    Output.UPSTREAM_ACCESS_TOKEN,
                    Output.UPSTREAM_REFRESH_TOKEN,
                    Output.STATE,
                    Output.ERROR));

    private final String word;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // a record of an unmodifiable list
    private final Takes takes;

    @SuppressWarnings("ImmutableEnumChecker") // a record of unmodifiable collections
    private final Shows shows;

    Operation(String word, String meaning, Takes takes, Shows shows) {
        this.word = word;
        this.meaning = meaning;
        this.takes = takes;
        this.shows = shows;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    /// What it needs: exactly one of these sets.
    public List<CallSet> ways() {
        return takes.ways();
    }

    /// What it may be given besides, as bits.
    public long may() {
        return takes.may();
    }

    /// Whether it shows or changes what others may do, so that its endpoints say which scopes it takes.
    public boolean manages() {
        return takes.manages();
    }

    /// What each item of its lists may show, those inside of items too.
    public Map<Output, List<Output>> lists() {
        return shows.lists();
    }

    /// What its reply may show.
    public List<Output> gives() {
        return shows.gives();
    }
}
