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
import java.util.stream.Stream;

/// What an endpoint does. The list is closed: each is one capability of Gatehouse, and who serves dialects
/// answers for all of them in one exhaustive `switch`.
public enum Operation implements Word {
    /// Issues an access token to whoever proves itself.
    ISSUE(
            "issue",
            "issues an access token",
            List.of(
                    List.of(CLIENT_ID, CLIENT_SECRET),
                    List.of(USERNAME, PASSWORD),
                    List.of(CLIENT_ID, Input.DOMAIN_KEY),
                    List.of(API_KEY)),
            List.of(ORGANIZATION, ORIGIN, Input.USER_KEY, Input.SCOPES, Input.LIFE),
            List.of(Output.ORGANIZATION, Output.ROOT_ORGANIZATION, Output.CLIENT_ID, Output.APIS)),

    /// Issues an access token that acts for a customer of the caller.
    DELEGATE(
            "delegate",
            "issues an access token that acts for a customer of the caller",
            List.of(List.of(ACCESS_TOKEN, CUSTOMER), List.of(API_KEY, CUSTOMER)),
            List.of(CLIENT_ID, Input.SCOPES, Input.LIFE),
            List.of(Output.CUSTOMER, Output.ORGANIZATION, Output.CLIENT_ID)),

    /// Exchanges an access token that still counts for a new one.
    RENEW(
            "renew",
            "exchanges an access token that still counts for a new one",
            List.of(List.of(ACCESS_TOKEN)),
            List.of(CLIENT_ID, ORGANIZATION, ORIGIN),
            List.of(Output.ORGANIZATION, Output.ROOT_ORGANIZATION, Output.CLIENT_ID)),

    /// Exchanges a refresh token for new tokens.
    REFRESH(
            "refresh",
            "exchanges a refresh token for new tokens",
            List.of(List.of(Input.REFRESH_TOKEN)),
            List.of(ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET, ORGANIZATION),
            List.of(Output.ORGANIZATION, Output.ROOT_ORGANIZATION, Output.CLIENT_ID)),

    /// Exchanges an authorization code for tokens (RFC 7636).
    REDEEM(
            "redeem",
            "exchanges an authorization code of a user's for tokens; codes come from `/oauth2/authorize` of the Api",
            List.of(List.of(CLIENT_ID, Input.CODE)),
            List.of(CLIENT_SECRET, Input.VERIFIER, REDIRECT, ORGANIZATION),
            List.of(Output.ORGANIZATION, Output.ROOT_ORGANIZATION, Output.CLIENT_ID)),

    /// Asks the user in front of a browser and sends it back with a code.
    AUTHORIZE(
            "authorize",
            "sends a browser on to `/oauth2/authorize` of the Api, where its user is asked; it comes back with `code`,"
                    + " `state` and `iss`",
            List.of(List.of(CLIENT_ID, REDIRECT, Input.CHALLENGE)),
            List.of(Input.STATE, Input.SCOPES),
            List.of()),

    /// Opens a session.
    OPEN_SESSION(
            "open-session",
            "opens a session for a user",
            List.of(List.of(USERNAME, PASSWORD)),
            List.of(Input.ANY_ADDRESS, Input.LIFE),
            List.of(Output.SESSION, Output.EXPIRES_IN, Output.EXPIRES_AT)),

    /// Ends the session that is presented.
    CLOSE_SESSION(
            "close-session", "ends the session that is presented", List.of(List.of(SESSION)), List.of(), List.of()),

    /// Ends the token that is named.
    REVOKE_TOKEN(
            "revoke-token",
            "ends the token that is named, when it is the caller's or was derived from the caller's",
            List.of(List.of(TARGET_TOKEN)),
            List.of(ACCESS_TOKEN, API_KEY, CLIENT_ID, CLIENT_SECRET, ORGANIZATION),
            List.of()),

    /// Ends the token that is presented.
    REVOKE_PRESENTED(
            "revoke-presented",
            "ends the token that is presented, and what was derived from it",
            List.of(List.of(ACCESS_TOKEN)),
            List.of(CLIENT_ID, ORGANIZATION),
            List.of()),

    /// Lists the Apis that the caller may use.
    LIST_APIS(
            "list-apis",
            "lists the Apis that the caller may use",
            Ways.calling(),
            List.of(CLIENT_ID, ORGANIZATION),
            List.of(Output.APIS)),

    /// Suspends an organization.
    SUSPEND_ORGANIZATION(
            "suspend-organization",
            "suspends an organization below the caller's: everything of it stops",
            Ways.calling(Input.TARGET_ORGANIZATION),
            List.of(CLIENT_ID, ORGANIZATION),
            List.of()),

    /// Lifts that again.
    RESUME_ORGANIZATION(
            "resume-organization",
            "reactivates an organization that was suspended",
            Ways.calling(Input.TARGET_ORGANIZATION),
            List.of(CLIENT_ID, ORGANIZATION),
            List.of()),

    /// Bounds what an application may do there.
    SET_ACCESS(
            "set-access",
            "lets an application of the caller's organization do at one below what a role gives at most, or nothing",
            Ways.calling(Input.TARGET_ORGANIZATION, Input.TARGET_CLIENT, Input.ACCESS),
            List.of(CLIENT_ID, ORGANIZATION, Input.ROLE),
            List.of()),

    /// Makes an API key.
    CREATE_KEY(
            "create-key",
            "makes an API key of the caller's organization or of one below it, within the caller's rights",
            Ways.calling(Input.NAME),
            Ways.OF_A_KEY,
            Ways.KEY),

    /// Lists API keys.
    LIST_KEYS(
            "list-keys",
            "lists the API keys of the caller's organization, or of one below it, that were made like this",
            Ways.calling(),
            List.of(
                    CLIENT_ID,
                    ORGANIZATION,
                    Input.TARGET_ORGANIZATION,
                    Input.NAME,
                    Input.ENABLED,
                    Input.TARGET_SECRET,
                    Input.ORDER,
                    Input.DIRECTION,
                    Input.PAGE,
                    Input.PAGE_SIZE),
            List.of(
                    Output.ITEMS,
                    Output.PAGE,
                    Output.PAGE_SIZE,
                    Output.TOTAL,
                    Output.PAGES,
                    Output.ORDER,
                    Output.DIRECTION)),

    /// Shows one.
    GET_KEY(
            "get-key",
            "shows one of these keys",
            Ways.calling(Input.TARGET_KEY),
            List.of(CLIENT_ID, ORGANIZATION, Input.TARGET_ORGANIZATION),
            Ways.KEY),

    /// Changes one.
    UPDATE_KEY(
            "update-key",
            "changes one of these keys, within the caller's rights, suspends it or reactivates it; what is left out"
                    + " stays",
            Ways.calling(Input.TARGET_KEY),
            Ways.OF_A_KEY,
            Ways.KEY),

    /// Makes a connection.
    CREATE_CONNECTION(
            "create-connection",
            "tries a credential at a platform and makes a connection of the caller's organization of it",
            Ways.calling(Input.PLATFORM, Input.KIND, Input.CREDENTIAL),
            List.of(CLIENT_ID, ORGANIZATION, Input.DESCRIPTION),
            Ways.CONNECTION),

    /// Lists connections.
    LIST_CONNECTIONS(
            "list-connections",
            "lists the connections of the caller's organization; 25 where no `page-size` is said",
            Ways.calling(),
            List.of(CLIENT_ID, ORGANIZATION, Input.PAGE_NUMBER, Input.PAGE_SIZE, Input.FIELDS, Input.SORT),
            List.of(Output.ITEMS, Output.TOTAL)),

    /// Counts them.
    COUNT_CONNECTIONS(
            "count-connections",
            "counts the connections of the caller's organization",
            Ways.calling(),
            List.of(CLIENT_ID, ORGANIZATION),
            List.of(Output.TOTAL)),

    /// Shows one.
    GET_CONNECTION(
            "get-connection",
            "shows one of these connections, never its credential",
            Ways.calling(Input.TARGET_CONNECTION),
            List.of(CLIENT_ID, ORGANIZATION, Input.FIELDS),
            Ways.CONNECTION),

    /// Changes one.
    UPDATE_CONNECTION(
            "update-connection",
            "puts another credential, once it was tried, or another description in the place of what is there; the"
                    + " key, platform and kind stay",
            Ways.calling(Input.TARGET_CONNECTION),
            List.of(CLIENT_ID, ORGANIZATION, Input.PLATFORM, Input.KIND, Input.CREDENTIAL, Input.DESCRIPTION),
            Ways.CONNECTION),

    /// Ends one.
    DELETE_CONNECTION(
            "delete-connection",
            "revokes one of these connections",
            Ways.calling(Input.TARGET_CONNECTION),
            List.of(CLIENT_ID, ORGANIZATION),
            List.of()),

    /// Lists platforms.
    LIST_PLATFORMS(
            "list-platforms",
            "lists the platforms that connections may be made to, as far as `names` has a name for their kinds",
            Ways.calling(),
            List.of(CLIENT_ID, ORGANIZATION, Input.FIELDS, Input.SORT),
            List.of(Output.ITEMS, Output.TOTAL)),

    /// Shows one.
    GET_PLATFORM(
            "get-platform",
            "shows one of these platforms",
            Ways.calling(Input.PLATFORM),
            List.of(CLIENT_ID, ORGANIZATION, Input.FIELDS),
            Ways.PLATFORM),

    /// Sends a browser through the consent of a third-party platform.
    CONNECT(
            "connect",
            "sends a browser through the consent of a third-party platform and back with the platform's tokens, to an"
                    + " address that the Api lists",
            List.of(List.of(Input.PLATFORM, REDIRECT)),
            List.of(Input.STATE),
            List.of(
                    Output.INSTANCE_URL,
                    Output.UPSTREAM_ACCESS_TOKEN,
                    Output.UPSTREAM_REFRESH_TOKEN,
                    Output.STATE,
                    Output.ERROR));

    private static final List<Output> OF_A_TOKEN =
            List.of(Output.ACCESS_TOKEN, Output.EXPIRES_IN, Output.EXPIRES_AT, Output.REFRESH_TOKEN, Output.SCOPES);

    private final String word;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of records
    private final List<CallSet> ways;

    private final long may;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of constants
    private final List<Output> gives;

    Operation(String word, String meaning, List<List<Input>> ways, List<Input> may, List<Output> gives) {
        this.word = word;
        this.meaning = meaning;
        this.ways = ways.stream().map(CallSet::of).toList();
        this.may = Input.bits(may);
        this.gives = gives;
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
        return ways;
    }

    /// What it may be given besides, as bits.
    public long may() {
        return may;
    }

    /// Whether it shows or changes what others may do, so that its endpoints say which scopes it takes.
    public boolean manages() {
        return switch (this) {
            case SUSPEND_ORGANIZATION,
                    RESUME_ORGANIZATION,
                    SET_ACCESS,
                    CREATE_KEY,
                    LIST_KEYS,
                    GET_KEY,
                    UPDATE_KEY,
                    CREATE_CONNECTION,
                    LIST_CONNECTIONS,
                    COUNT_CONNECTIONS,
                    GET_CONNECTION,
                    UPDATE_CONNECTION,
                    DELETE_CONNECTION -> true;
            case ISSUE,
                    DELEGATE,
                    RENEW,
                    REFRESH,
                    REDEEM,
                    AUTHORIZE,
                    OPEN_SESSION,
                    CLOSE_SESSION,
                    REVOKE_TOKEN,
                    REVOKE_PRESENTED,
                    LIST_APIS,
                    LIST_PLATFORMS,
                    GET_PLATFORM,
                    CONNECT -> false;
        };
    }

    /// What each item of its lists may show, those inside of items too.
    public Map<Output, List<Output>> lists() {
        return switch (this) {
            case LIST_KEYS -> Map.of(Output.ITEMS, Ways.KEY);
            case LIST_CONNECTIONS -> Map.of(Output.ITEMS, Ways.CONNECTION);
            case LIST_PLATFORMS ->
                Map.of(Output.ITEMS, Ways.PLATFORM, Output.KINDS, Ways.PLATFORM_KIND, Output.PARTS, Ways.PART);
            case GET_PLATFORM -> Map.of(Output.KINDS, Ways.PLATFORM_KIND, Output.PARTS, Ways.PART);
            case ISSUE,
                    DELEGATE,
                    RENEW,
                    REFRESH,
                    REDEEM,
                    AUTHORIZE,
                    OPEN_SESSION,
                    CLOSE_SESSION,
                    REVOKE_TOKEN,
                    REVOKE_PRESENTED,
                    LIST_APIS,
                    SUSPEND_ORGANIZATION,
                    RESUME_ORGANIZATION,
                    SET_ACCESS,
                    CREATE_KEY,
                    GET_KEY,
                    UPDATE_KEY,
                    CREATE_CONNECTION,
                    COUNT_CONNECTIONS,
                    GET_CONNECTION,
                    UPDATE_CONNECTION,
                    DELETE_CONNECTION,
                    CONNECT -> Map.of();
        };
    }

    /// What its reply may show.
    public List<Output> gives() {
        return switch (this) {
            case ISSUE, DELEGATE, RENEW, REFRESH, REDEEM ->
                Stream.concat(OF_A_TOKEN.stream(), gives.stream()).toList();
            case AUTHORIZE,
                    OPEN_SESSION,
                    CLOSE_SESSION,
                    REVOKE_TOKEN,
                    REVOKE_PRESENTED,
                    LIST_APIS,
                    SUSPEND_ORGANIZATION,
                    RESUME_ORGANIZATION,
                    SET_ACCESS,
                    CREATE_KEY,
                    LIST_KEYS,
                    GET_KEY,
                    UPDATE_KEY,
                    CREATE_CONNECTION,
                    LIST_CONNECTIONS,
                    COUNT_CONNECTIONS,
                    GET_CONNECTION,
                    UPDATE_CONNECTION,
                    DELETE_CONNECTION,
                    LIST_PLATFORMS,
                    GET_PLATFORM,
                    CONNECT -> gives;
        };
    }
}
