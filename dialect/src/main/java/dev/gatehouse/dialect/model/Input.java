package dev.gatehouse.dialect.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Something that a caller may send and an operation may take. Carriers, calls and endpoints name these.
public enum Input implements Word {
    /// An API key.
    API_KEY("api-key", Role.PROOF, "an API key: name and proof in one string"),
    /// A client's public id.
    CLIENT_ID("client-id", Role.SELECTOR, "the public id of an application; proves nothing by itself"),
    /// A client's secret.
    CLIENT_SECRET("client-secret", Role.PROOF, "the secret of an application"),
    /// An access token.
    ACCESS_TOKEN("access-token", Role.PROOF, "an access token"),
    /// A refresh token.
    REFRESH_TOKEN("refresh-token", Role.PROOF, "a refresh token"),
    /// A session token.
    SESSION("session", Role.PROOF, "the token of an open session"),
    /// A user's name.
    USERNAME("username", Role.PROOF, "the name of a user; stands with `password`"),
    /// A user's password.
    PASSWORD("password", Role.PROOF, "the password of a user"),
    /// A user's own secret.
    USER_KEY("user-key", Role.PROOF, "a user's personal secret, beside an application's"),
    /// A browser's key.
    DOMAIN_KEY("domain-key", Role.PROOF, "a public key for browsers; stands with `origin`"),
    /// A key of the test environment.
    TEST_KEY("test-key", Role.PROOF, "an API key of the test environment; opens nothing live"),
    /// A stored upstream credential.
    CONNECTION(
            "connection",
            Role.SELECTOR,
            "the key of a connection to a third-party platform, of the caller's organization"),
    /// An authorization code.
    CODE("code", Role.PROOF, "an authorization code"),
    /// The token that is asked about.
    TARGET_TOKEN("target-token", Role.PROOF, "the token that the request is about, such as the one to revoke"),
    /// The web origin of the page.
    ORIGIN("origin", Role.SELECTOR, "the web origin of the page that calls, as its browser says it"),
    /// An organization's own customer.
    CUSTOMER("customer", Role.SELECTOR, "the customer on whose behalf the caller acts"),
    /// An organization in the caller's tree.
    ORGANIZATION("organization", Role.SELECTOR, "the organization that is meant: the caller's own or one below it"),
    /// An organization that is managed.
    TARGET_ORGANIZATION(
            "target-organization", Role.SELECTOR, "the organization that the request is about, below the caller's own"),
    /// A code verifier (RFC 7636).
    VERIFIER("verifier", Role.PARAMETER, "the code verifier of PKCE"),
    /// A code challenge (RFC 7636).
    CHALLENGE("challenge", Role.PARAMETER, "the code challenge of PKCE, by S256"),
    /// Where a browser is sent back to.
    REDIRECT("redirect", Role.PARAMETER, "the address that a browser is sent back to"),
    /// An opaque value that comes back.
    STATE("state", Role.PARAMETER, "an opaque value that comes back unchanged"),
    /// Scopes that are asked for.
    SCOPES("scopes", Role.PARAMETER, "the scopes that are asked for: a list, or text with blanks between them"),
    /// How long a token shall live.
    LIFE("life", Role.PARAMETER, "the life that is asked for, in seconds; the Api's maximum bounds it"),
    /// Whether a session may move.
    ANY_ADDRESS("any-address", Role.PARAMETER, "whether the session may be used from any address: true or false"),
    /// A third-party platform.
    PLATFORM("platform", Role.PARAMETER, "the name of a third-party platform"),
    /// An API key that is managed.
    TARGET_KEY("target-key", Role.SELECTOR, "the id of the API key that the request is about"),
    /// What something is called.
    NAME("name", Role.PARAMETER, "the name of what is made, changed or looked for"),
    /// Where a key may be used from.
    ADDRESSES("addresses", Role.PARAMETER, "a list of addresses and ranges that a key is for; any when it is empty"),
    /// When a key begins to count.
    NOT_BEFORE("not-before", Role.PARAMETER, "when a key begins to count: ISO 8601, UTC where no zone is named"),
    /// When a key ends.
    NOT_AFTER("not-after", Role.PARAMETER, "when a key ends: ISO 8601, UTC where no zone is named"),
    /// Whether it counts.
    ENABLED("enabled", Role.PARAMETER, "whether a key counts: true or false"),
    /// Which part of a list.
    PAGE("page", Role.PARAMETER, "which page of a list, from 0"),
    /// How long it is.
    PAGE_SIZE("page-size", Role.PARAMETER, "how many items a page has, at most 100"),
    /// Which part of a list, counted otherwise.
    PAGE_NUMBER("page-number", Role.PARAMETER, "which page of a list, from 1"),
    /// A connection that is managed.
    TARGET_CONNECTION(
            "target-connection",
            Role.SELECTOR,
            "the key of the connection that the request is about, the caller's own"),
    /// How a connection is authorized.
    KIND("kind", Role.PARAMETER, "how a connection is authorized, as `names` spells it"),
    /// What it is authorized with.
    CREDENTIAL("credential", Role.PARAMETER, "an object of texts: what a connection is authorized with"),
    /// What is said of something.
    DESCRIPTION("description", Role.PARAMETER, "what is said of what is made or changed"),
    /// What a key is for.
    PERMISSIONS("permissions", Role.PARAMETER, "a list of the provider's own names of what a key is for"),
    /// What stands beside it.
    MARKS("marks", Role.PARAMETER, "a list of objects of texts, kept beside a key as `marks` says; opens nothing"),
    /// An API key that is looked for.
    TARGET_SECRET("target-secret", Role.PROOF, "the API key that is looked for, as its holder shows it"),
    /// By what a list is ordered.
    ORDER("order", Role.PARAMETER, "by what a list is ordered, as `names` spells it"),
    /// Which way.
    DIRECTION("direction", Role.PARAMETER, "which way: `ASC` or `DESC`"),
    /// An application that is managed.
    TARGET_CLIENT(
            "target-client",
            Role.SELECTOR,
            "the public id of the application that the request is about, the caller's own"),
    /// Whether it is let in.
    ACCESS("access", Role.PARAMETER, "`allow` or `deny`"),
    /// What it may do there.
    ROLE(
            "role",
            Role.PARAMETER,
            "the name of a role of the caller's organization, or of the nearest above that has one"),
    /// What is shown of each item of a list.
    FIELDS(
            "fields",
            Role.PARAMETER,
            "the members that items of a list, or the one thing asked for, are shown with: names with commas between"
                    + " them, as the reply has them"),
    /// By which of them a list is ordered.
    SORT(
            "sort",
            Role.PARAMETER,
            "members of its items that a list is ordered by: names with commas between them, `-` before one turns it"
                    + " round");

    /// What part an input plays in who the caller is.
    public enum Role implements Word {
        /// Proves something. One that no declared set has a place for is refused.
        PROOF("proof", "proves something; one too many is refused"),
        /// Says who or what is meant, and proves nothing.
        SELECTOR("selector", "says who or what is meant; proves nothing"),
        /// Any other parameter of a request. Never a carrier.
        PARAMETER("parameter", "a parameter of one request; no carrier");

        private final String word;
        private final String meaning;

        Role(String word, String meaning) {
            this.word = word;
            this.meaning = meaning;
        }

        @Override
        public String word() {
            return word;
        }

        @Override
        public String meaning() {
            return meaning;
        }
    }

    private final String word;
    private final Role role;
    private final String meaning;

    Input(String word, Role role, String meaning) {
        this.word = word;
        this.role = role;
        this.meaning = meaning;
    }

    @Override
    public String word() {
        return word;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    /// Whether a list of texts may stand for it.
    public boolean listed() {
        return this == SCOPES || this == ADDRESSES || this == PERMISSIONS;
    }

    /// Whether an object of texts stands for it.
    public boolean structured() {
        return this == CREDENTIAL;
    }

    /// Whether a list of such objects stands for it.
    public boolean several() {
        return this == MARKS;
    }

    /// What part it plays.
    public Role role() {
        return role;
    }

    /// The bit that stands for it in a set of inputs; never stored.
    @SuppressWarnings("EnumOrdinal")
    public long bit() {
        return 1L << ordinal();
    }

    /// The set of some inputs, as bits.
    public static long bits(Collection<Input> inputs) {
        long bits = 0;
        for (Input input : inputs) {
            bits |= input.bit();
        }
        return bits;
    }

    /// The inputs of a set, in the order of the vocabulary.
    public static List<Input> of(long bits) {
        List<Input> inputs = new ArrayList<>();
        for (Input input : values()) {
            if ((bits & input.bit()) != 0) {
                inputs.add(input);
            }
        }
        return inputs;
    }

    /// All that prove something, as bits.
    public static long proofs() {
        long bits = 0;
        for (Input input : values()) {
            bits |= input.role == Role.PROOF ? input.bit() : 0;
        }
        return bits;
    }
}
