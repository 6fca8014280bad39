package dev.gatehouse.server.pages;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.member.User;
import java.time.Duration;
import java.util.Optional;

/// What stands in a letter and lets somebody choose a password, in any browser. It names the version of the
/// user, so that it is used up by the write that it is for, and by whatever else becomes of the user meanwhile;
/// nothing is stored for it.
record ResetLinks(FormTokens tokens) {
    /// How long a link may lie about.
    static final Duration LIFE = FormTokens.LIFE;

    private static final String FORM = "new password ";
    private static final int PARTS = 3;
    private static final int MAX_LENGTH = 300;

    /// The user of a link, as it was.
    record Named(Id user, long version) {}

    /// Safe in a query as it is.
    String make(Api api, User user) {
        String text = String.join(
                "*",
                user.id().text(),
                Long.toString(user.standing().version()),
                api.id().text());
        return text + "~" + tokens.make(FORM + text, "");
    }

    /// Empty for what is no link of this Api, or too old.
    Optional<Named> open(Api api, String link) {
        int end = link.indexOf('~');
        if (end < 0 || link.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String text = link.substring(0, end);
        String[] parts = text.split("\\*", -1);
        return tokens.good(FORM + text, "", link.substring(end + 1))
                        && parts.length == PARTS
                        && parts[2].equals(api.id().text())
                ? Id.parse(Kind.USER, parts[0]).map(user -> new Named(user, Long.parseLong(parts[1])))
                : Optional.empty();
    }
}
