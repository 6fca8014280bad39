package dev.gatehouse.server.admin;

import dev.gatehouse.core.http.Reply;

/// What a caller may ask for. Runs where blocking is allowed, after the caller was allowed and the request was
/// read.
interface Operation {
    Got<Reply> run(Call call);
}
