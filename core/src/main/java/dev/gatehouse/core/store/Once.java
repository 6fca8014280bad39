package dev.gatehouse.core.store;

import dev.gatehouse.core.http.Bytes;
import java.time.Instant;
import java.util.function.Function;

/// A request that has one effect however often it is sent: its reply goes into the effect's own transaction.
///
/// @param id of caller and request, 32 bytes; says nothing of either
/// @param request a digest of what is asked, 32 bytes
/// @param until when it is forgotten
/// @param most how many replies to one caller, not expired, may be kept for it to be taken at all
/// @param reply the reply, encrypted, to what the verb came to; runs inside the transaction and must not block
public record Once(Bytes id, Bytes request, Instant until, int most, Function<Object, Encrypted> reply) {}
