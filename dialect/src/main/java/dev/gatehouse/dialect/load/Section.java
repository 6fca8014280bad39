package dev.gatehouse.dialect.load;

import java.util.List;

/// A mapping of a dialect file and the keys that it has. The validator and the reference read this table.
///
/// @param open whether further keys are names that the writer of the file chooses
record Section(String name, String meaning, boolean open, List<Key> keys) {
    /// One key.
    ///
    /// @param takes what stands behind it
    record Key(String name, boolean required, String takes, String meaning) {}

    static final Section FILE = section(
            "The file",
            "The top level.",
            must("dialect", "a name", "the name of the dialect: small letters, digits, `-`"),
            must("vocabulary", "`1`", "the version of this vocabulary"),
            may("https", "`required`", "plain HTTP is refused as `insecure`, except from the machine itself"),
            may("bodies", "body kinds", "how members come where an endpoint does not say otherwise; `[json]`"),
            may("absent", "header: value", "header fields that count as not sent when they have exactly this value"),
            may("tokens", "input: [token](#a-token)", "how tokens are made"),
            may(
                    "rates",
                    "operation: rate",
                    "how often one credential may do it, `40 in 1s`, or all of its organization together, `40 in 1d of"
                            + " organization`; as many at once after a pause, and counted by each node for itself from"
                            + " its start"),
            may("keys", "input: key shape", "how secrets look that are drawn for this Api"),
            may("names", "[names](#names)", "what it calls what Gatehouse calls otherwise"),
            may("marks", "[marks](#marks)", "what is kept beside API keys"),
            may("manage", "[manage](#manage)", "who may manage others, where an endpoint does not say otherwise"),
            must("carriers", "input: source or sources", "where inputs are carried on any request"),
            must("calls", "sets", "which sets of carriers open an ordinary call, such as `client-id + access-token`"),
            may("endpoints", "list of [endpoints](#an-endpoint)", "requests that Gatehouse answers itself"),
            may("api-keys", "list of [forms](#a-form-of-api-keys)", "management of API keys, four endpoints each"),
            may(
                    "learns",
                    "list of [learnt](#what-is-learnt)",
                    "calls that go on to the provider's API and tell customers"),
            may("replies", "name: JSON", "replies that several endpoints share"),
            may(
                    "headers",
                    "header: text",
                    "on every reply of an endpoint, those whose values are known; shows `$limit` and the like"),
            must(
                    "errors",
                    "list of [error families](#an-error-family)",
                    "the shapes of refusals; the last is for `/**`"),
            may("cors", "[cors](#cors)", "what browsers are told about pages of other origins"),
            may("signature", "[signature](#a-signature)", "how requests of routes that say `signed` are signed"),
            may("exceptions", "list of [exceptions](#an-exception)", "rules that this dialect cannot keep"));

    static final Section TOKEN = section(
            "A token",
            "Below `tokens`, by the input that carries it: `access-token`, `refresh-token`, `session`, or `api-key` for"
                    + " keys that are made.",
            may("format", "`jwt` or `sealed`", "how an access token is made"),
            may("life", "a duration", "how long it counts: `90s`, `30m`, `24h`, `30d`"),
            may("idle", "a duration", "how long it counts without being used; each use begins anew"),
            may("renewable", "a duration", "how long after the first one it can be renewed"),
            may("shape", "a key shape", "how it looks, where it is not self-contained"),
            may("second", "`replaces` or `refused`", "one may live at a time: what becomes of the next"),
            may("bound-to", "`address`", "it counts only from the address that it was issued to"));

    static final Section NAMES = section(
            "Names",
            "What the provider calls what Gatehouse calls otherwise: its name, then ours. Of two names for one thing"
                    + " the first is told.",
            may(
                    "kind",
                    "name: `key`, `user`, `oauth_internal`, `oauth_external`, `client_credentials`, `jwt_bearer` or `certificate`",
                    "kinds of connections; those without a name are neither told nor taken"),
            may(
                    "part",
                    "name: name, or `base`",
                    "parts of the credentials of connections that the platform's file does not call so; `base` is the"
                            + " address that calls go to, whatever part of it the file asks for"),
            may(
                    "permission",
                    "name: scopes, or `all`",
                    "what a key is for, where an endpoint takes `permissions` and no `scopes`: what it may do then;"
                            + " `all` is whatever its maker may give"),
            may("order", "name: [order](#orders)", "by what lists of keys are ordered; without one by `created`"),
            may("role", "name: name", "roles, where `role` is taken"),
            may("own", "text", "what `target-organization` is where the caller's own organization is meant"));

    static final Section MARKS = section(
            "Marks",
            "Objects of texts that are kept beside API keys and told with them. Nothing is decided by them.",
            may(
                    "id",
                    "a name",
                    "the member that tells them apart; it is drawn, and what is sent for it is passed over"),
            may("required", "names", "members that each of them has"),
            may("may", "names", "members that they may have"),
            may("words", "name: texts", "what a member may be, where it may not be everything"));

    static final Section MANAGE = section(
            "Manage",
            "For endpoints whose operation shows or changes what others may do.",
            may("auth", "sets", "as at an endpoint"),
            may("needs", "scopes", "as at an endpoint"));

    static final Section ENDPOINT = section(
            "An endpoint",
            "One request. Endpoints of one method and path are tried in the order of the file: the first whose `when`"
                    + " holds and whose `take` is all there is meant.",
            must(
                    "at",
                    "method and path, or a list",
                    "`POST /v1/auth`, `GET /oauth/{platform}/authorize`; of several each is the same endpoint"),
            may("when", "source: value", "places that must hold exactly this value"),
            may("auth", "sets", "which sets of carriers authenticate; without it nothing does but what is taken"),
            may("needs", "scopes", "of which the caller has one; where others are managed, and nowhere else"),
            may("accept-expired", "an input", "it counts here though its life is over"),
            may("bodies", "body kinds or `ignored`", "how members come"),
            may("take", "input: source or sources", "what must be there; of several sources the first with a value"),
            may("may", "input: source or sources", "what may be there"),
            may("never", "input: source or sources", "what must not be there"),
            may("words", "input: texts", "what an input may be; each text of a list has to be one of these"),
            may("otherwise", "input: text", "what an input is where nothing was sent"),
            may(
                    "apart",
                    "list of lists",
                    "of each of these at most one is there: inputs, or words of one, such as `[WEB, APP]`"),
            must("do", "an operation", "what happens"),
            must("answer", "status, status and reply, or an [answer](#an-answer)", "what is said when it worked"));

    static final Section KEY_FORM = section(
            "A form of API keys",
            "Keys are made, listed, shown and changed: `POST` and `GET` at a path, `GET` and `PUT` below it by id. Each is an"
                    + " endpoint like others, with what `manage` says.",
            must("at", "a path", "`/settings/2/api-keys`"),
            must(
                    "takes",
                    "input: source or sources",
                    "what is said of a key; making one takes a `name`, and no `enabled`"),
            must("find", "input: source or sources", "what lists are asked by"),
            may("words", "input: texts", "as at an endpoint"),
            may("otherwise", "input: text", "as at an endpoint"),
            may("apart", "list of lists", "as at an endpoint"),
            must("create", "200 to 399", "the status when one was made; otherwise it is 200"),
            must("list", "JSON", "the body of a list; shows `$items`"),
            must("key", "JSON", "how a key looks"));

    static final Section LEARNING = section(
            "What is learnt",
            "A call that is allowed and goes on to the provider's API. Where that answers with success, the customers"
                    + " that its JSON names are there from then on: the caller's organization has them.",
            must("at", "method and path", "`POST /api/client`"),
            must("customers", "members of the reply", "`client.key`; lists on the way are all looked through"));

    static final Section ANSWER = section(
            "An answer",
            "A status alone is a reply without a body; `201 token` is a status and a name below `replies`.",
            must("status", "200 to 399", "the status"),
            may("json", "JSON, the name of a reply, or `$items`", "the body"),
            may(
                    "items",
                    "the name of a reply, or list: name of a reply",
                    "how each of `$items` looks, or of each list that the operation gives, one inside another too"),
            may("headers", "header: text", "header fields"),
            may("query", "name: text", "what is added to the query of the address that a browser is sent back to"),
            may("fragment", "name: text", "the same, in the fragment"));

    static final Section ERRORS = section(
            "An error family",
            "The shape of refusals on some paths. The first family of the file that has a path answers.",
            must("name", "a name", "for `rows-of` and messages"),
            must("at", "paths", "`/v1/auth`, `/settings/{any}/keys`, `/v1/**`; the last family has `/**`"),
            may("media", "a media type", "`application/json` unless said otherwise"),
            must("json", "JSON", "shows `$status`, `$detail`, `$fields` and the columns of the rows"),
            may("rows", "class: [row](#a-row)", "a class, or a class and the input that it is about"),
            may("rows-of", "the name of a family", "takes the rows of that family instead"));

    static final Section ROW = new Section(
            "A row",
            "How one class of refusal is told. Further keys are columns that the family's `json` shows by name.",
            true,
            List.of(must("status", "400 to 599", "the status")));

    static final Section CORS = section(
            "Cors",
            "Which origins are allowed is data of the Api, never of a file.",
            must("allow", "headers", "that a page of an allowed origin may send; it may read all of a reply"));

    static final Section SIGNATURE = section(
            "A signature",
            "HMAC-SHA-256 under a `signing_key` of the application, over pieces of the request. Pieces that are empty"
                    + " are left out.",
            must("headers", "[headers](#headers-of-a-signature)", "what carries it"),
            must("version", "text", "what the header for the version says, exactly"),
            may("encoding", "an encoding", "how the signature is written; `hex`"),
            may("path", "a segment", "the signed path begins with it; the whole path where it has none"),
            must("request", "pieces", "what is signed, each with its codings: `path/plus`"),
            may("reply", "pieces", "what is signed of a reply: of `body`, `time` and `version`"),
            may("join", "text", "what stands between pieces; `&`"),
            must("within", "a duration", "how far the caller's clock may be from ours, at most `15m`"),
            must("errors", "the name of a family", "which tells refusals of signatures, whatever the path"));

    static final Section SIGNATURE_HEADERS = section(
            "Headers of a signature",
            "Each comes exactly once.",
            must("signature", "a header", "the signature; replies have it, too"),
            must("version", "a header", "the version of the scheme"),
            must("time", "a header", "when it was signed, in seconds since 1970"));

    static final Section EXCEPTION = section(
            "An exception",
            "A rule of Gatehouse's that the provider's callers cannot keep. Without it the file is refused.",
            must("case", "a case", "`C02`: a credential in an address, in its query or fragment"),
            must("why", "text", "what the provider documents"),
            must("instead", "text", "what protects the callers all the same"));

    /// All of them, in the order of the reference.
    static final List<Section> ALL = List.of(
            FILE,
            TOKEN,
            NAMES,
            MARKS,
            MANAGE,
            ENDPOINT,
            KEY_FORM,
            LEARNING,
            ANSWER,
            ERRORS,
            ROW,
            CORS,
            SIGNATURE,
            SIGNATURE_HEADERS,
            EXCEPTION);

    List<String> words() {
        return keys.stream().map(Key::name).toList();
    }

    private static Section section(String name, String meaning, Key... keys) {
        return new Section(name, meaning, false, List.of(keys));
    }

    private static Key must(String name, String takes, String meaning) {
        return new Key(name, true, takes, meaning);
    }

    private static Key may(String name, String takes, String meaning) {
        return new Key(name, false, takes, meaning);
    }
}
