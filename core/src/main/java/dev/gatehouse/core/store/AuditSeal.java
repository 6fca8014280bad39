package dev.gatehouse.core.store;

import dev.gatehouse.core.http.Bytes;
import java.time.Instant;

/// One link of the chain over the audit trail: what was sealed together, and the signature of that. All of it is
/// as it was stored; `core.audit` makes seals and says whether one still holds.
///
/// @param number 1, 2, 3 ... without gaps
/// @param first the lowest position of a row in it
/// @param last the highest; other seals may have rows between the two, which were committed at another time
/// @param count how many rows are in it
/// @param entries for each row, in the order of positions: its id, whether its MAC was right, the hash of all
///     that it says
/// @param root the root of the Merkle tree over the entries
/// @param previous the hash of the seal before; zeros in the first
/// @param signature a compact JWS whose payload names all of the above but the entries
public record AuditSeal(
        long number,
        Instant at,
        long first,
        long last,
        long count,
        Bytes entries,
        Bytes root,
        Bytes previous,
        String signature) {}
