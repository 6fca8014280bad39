package dev.gatehouse.storage.sql;

import dev.gatehouse.core.client.LogoutTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.storage.db.Row;
import dev.gatehouse.storage.db.Session;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where an application is told of logout, in columns of its own: a release that does not know them leaves them
/// as they are, and whoever ends a login sees who listens without reading anybody's terms.
final class LogoutColumns {
    static final String ALL = "back_channel, front_channel, logout_sessions";
    static final String SETS = "back_channel = ?, front_channel = ?, logout_sessions = ?";

    private static final String BACK = "back";
    private static final String FRONT = "front";

    private LogoutColumns() {}

    /// The parameters of the columns.
    static List<Object> values(LogoutTerms logout) {
        String sessions = String.join(
                " ",
                Stream.of(logout.backSession() ? BACK : "", logout.frontSession() ? FRONT : "")
                        .filter(word -> !word.isEmpty())
                        .toList());
        return List.of(
                Session.text(logout.backChannel().map(RedirectUri::text)),
                Session.text(logout.frontChannel().map(RedirectUri::text)),
                Session.text(Optional.of(sessions).filter(some -> !some.isEmpty())));
    }

    /// What cannot be anymore counts as not said: another release may have changed the redirect URIs, and nobody
    /// is kept from signing in by where it is told of the end.
    static LogoutTerms read(Row row, List<RedirectUri> redirects) {
        String sessions = row.maybeText("logout_sessions").orElse("");
        Optional<RedirectUri> back = row.maybeText("back_channel").flatMap(LogoutTerms::uri);
        Optional<RedirectUri> front = row.maybeText("front_channel")
                .flatMap(LogoutTerms::uri)
                .filter(uri -> new LogoutTerms(Optional.empty(), false, Optional.of(uri), false)
                        .mistake(redirects)
                        .isEmpty());
        return new LogoutTerms(
                back,
                back.isPresent() && sessions.contains(BACK),
                front,
                front.isPresent() && sessions.contains(FRONT));
    }
}
