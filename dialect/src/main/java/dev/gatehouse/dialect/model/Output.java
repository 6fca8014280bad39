package dev.gatehouse.dialect.model;

import java.util.List;

/// Something that an operation gives and a reply may show.
public enum Output implements Word {
    /// The token.
    ACCESS_TOKEN("access-token", Type.TEXT, "the access token that was issued"),
    /// Seconds until it ends.
    EXPIRES_IN("expires-in", Type.NUMBER, "how long the token or session lives, in seconds"),
    /// When it ends.
    EXPIRES_AT("expires-at", Type.TIME, "when the token or session ends"),
    /// The refresh token.
    REFRESH_TOKEN("refresh-token", Type.TEXT, "the refresh token, where the Api gives one"),
    /// What was granted.
    SCOPES("scopes", Type.TEXTS, "the scopes that were granted"),
    /// The session token.
    SESSION("session", Type.TEXT, "the token of the session that was opened"),
    /// The Apis.
    APIS("apis", Type.MAP, "the Apis that the caller may use: name and base URL"),
    /// The caller's organization.
    ORGANIZATION("organization", Type.TEXT, "the id of the organization that is acted for"),
    /// The organization directly below the provider.
    ROOT_ORGANIZATION("root-organization", Type.TEXT, "the id of the topmost organization of the caller's tree"),
    /// The application.
    CLIENT_ID("client-id", Type.TEXT, "the public id of the application, or the id of the user"),
    /// The customer.
    CUSTOMER("customer", Type.TEXT, "the customer that is acted for"),
    /// The state.
    STATE("state", Type.TEXT, "the state that came with the request"),
    /// Where to at the platform.
    INSTANCE_URL("instance-url", Type.TEXT, "the address of the caller's instance at the platform"),
    /// The platform's token.
    UPSTREAM_ACCESS_TOKEN("upstream-access-token", Type.TEXT, "the platform's access token"),
    /// The platform's refresh token.
    UPSTREAM_REFRESH_TOKEN("upstream-refresh-token", Type.TEXT, "the platform's refresh token"),
    /// The id of a key.
    KEY("key", Type.TEXT, "the id of the API key"),
    /// What it is called.
    NAME("name", Type.TEXT, "its name"),
    /// What proves it.
    SECRET(
            "secret",
            Type.TEXT,
            "the API key itself where it was drawn just now or the Api says `reveal`, a mask of it otherwise"),
    /// Where from.
    ADDRESSES("addresses", Type.TEXTS, "the addresses and ranges that it is for; none when it is for any"),
    /// From when.
    NOT_BEFORE("not-before", Type.TIME, "when it begins to count"),
    /// Until when.
    NOT_AFTER("not-after", Type.TIME, "when it ends"),
    /// Whether it counts.
    ENABLED("enabled", Type.FLAG, "whether it is suspended by nobody"),
    /// What it is for.
    PERMISSIONS("permissions", Type.TEXTS, "the provider's own names of what it is for"),
    /// What is kept beside it.
    MARKS("marks", Type.OBJECTS, "what is kept beside it"),
    /// The key of a connection.
    CONNECTION("connection", Type.TEXT, "the key of the connection"),
    /// The platform.
    PLATFORM("platform", Type.TEXT, "the type of the platform"),
    /// What people call it.
    TITLE("title", Type.TEXT, "what people call the platform or the part"),
    /// How a connection is authorized.
    KIND("kind", Type.TEXT, "how connections are authorized, as `names` spells it"),
    /// What was said of it.
    DESCRIPTION("description", Type.TEXT, "what was said of it"),
    /// Whether it works.
    AUTHORIZED("authorized", Type.FLAG, "whether the platform takes its credential, as far as anybody knows"),
    /// Since when it is there.
    CREATED_AT("created-at", Type.TIME, "when it was made"),
    /// When it was changed.
    CHANGED_AT("changed-at", Type.TIME, "when it was last given another credential, name or description"),
    /// How connections may be authorized.
    KINDS("kinds", Type.ITEMS, "how connections to the platform may be authorized"),
    /// What a credential is made of.
    PARTS("parts", Type.ITEMS, "what a credential of this kind consists of"),
    /// One of these.
    PART("part", Type.TEXT, "the name of the part, as `names` spells it"),
    /// Whether it has to be there.
    REQUIRED("required", Type.FLAG, "whether every credential has the part"),
    /// What it looks like.
    EXAMPLE("example", Type.TEXT, "a value of the part that is nobody's"),
    /// Why nothing came of it.
    ERROR("error", Type.TEXT, "why the platform gave nothing, where it did not: a word"),
    /// A list.
    ITEMS("items", Type.ITEMS, "what is on the page"),
    /// Which part.
    PAGE("page", Type.NUMBER, "which page it is, from 0"),
    /// How long.
    PAGE_SIZE("page-size", Type.NUMBER, "how many items a page has"),
    /// Of how many.
    TOTAL("total", Type.NUMBER, "how many items the whole list has"),
    /// In how many parts.
    PAGES("pages", Type.NUMBER, "how many pages it has"),
    /// By what it is ordered.
    ORDER("order", Type.TEXT, "by what the list is ordered, as `names` spells it"),
    /// Which way.
    DIRECTION("direction", Type.TEXT, "which way: `ASC` or `DESC`"),
    /// Calls per window.
    LIMIT("limit", Type.NUMBER, "how many calls the window allows"),
    /// What is left of them.
    REMAINING("remaining", Type.NUMBER, "how many are left in it"),
    /// How long the window is.
    WINDOW("window", Type.NUMBER, "how long the window is, in seconds");

    private final String word;
    private final Type type;
    private final String meaning;

    Output(String word, Type type, String meaning) {
        this.word = word;
        this.type = type;
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

    /// What kind of value it is.
    public Type type() {
        return type;
    }

    /// Those that belong to every reply, not to one operation's.
    public static List<Output> ofEveryReply() {
        return List.of(LIMIT, REMAINING, WINDOW);
    }
}
