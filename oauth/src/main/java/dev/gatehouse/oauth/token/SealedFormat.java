package dev.gatehouse.oauth.token;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.token.Claims;
import dev.gatehouse.core.token.Lineage;
import dev.gatehouse.core.token.TokenReader.Read;
import dev.gatehouse.oauth.jose.Base64Url;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.keys.SealingKey;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Tokens that only Gatehouse reads: `gts_`, a version character, the id of the sealing key, and base64url of the
/// claims under XAES-256-GCM with a random 192-bit nonce. Version, kind of token, key id and Api are associated
/// data, so a token opens as what it was made as and nowhere else. The key id chooses the one key that is tried.
final class SealedFormat implements Format {
    /// By which scanners find leaked tokens.
    static final String PREFIX = "gts_";

    private static final char VERSION = '1';
    private static final byte ACCESS_TOKEN = 1;
    private static final int KEY_ID = 13;
    private static final int BODY = PREFIX.length() + 1 + KEY_ID;
    private static final Read NOT_OURS = new Read.Refused("not a sealed token of ours for this Api");

    private final Keys keys;
    private final InstantSource clock;
    private final BooleanSupplier marks;

    /// @param marks whether all who read tokens know what says how somebody had signed in
    SealedFormat(Keys keys, InstantSource clock, BooleanSupplier marks) {
        this.keys = keys;
        this.clock = clock;
        this.marks = marks;
    }

    @Override
    public boolean recognises(String text) {
        return text.startsWith(PREFIX);
    }

    @Override
    public Read read(String text, Api api) {
        if (text.length() > MAX_LENGTH
                || text.length() <= BODY
                || !text.startsWith(PREFIX)
                || text.charAt(PREFIX.length()) != VERSION) {
            return NOT_OURS;
        }
        Optional<SealingKey> key = Id.parse(
                        Kind.KEY, Kind.KEY.prefix() + '_' + text.substring(PREFIX.length() + 1, BODY))
                .flatMap(id -> keys.ring().opening(id, clock.instant()));
        if (key.isEmpty()) {
            return new Read.Refused("the token names no sealing key in use");
        }
        return Base64Url.decode(text.substring(BODY))
                .flatMap(bytes ->
                        key.get().open(bytes, associatedData(key.get().life().id(), api.id())))
                .flatMap(plain -> SealedClaims.decode(plain, api.id()))
                .<Read>map(Read.Proven::new)
                .orElse(NOT_OURS);
    }

    @Override
    public Optional<String> write(Claims claims, Api api) {
        return keys.ring().sealing().map(key -> {
            byte[] bytes = key.seal(
                    SealedClaims.encode(known(claims)),
                    associatedData(key.life().id(), api.id()));
            String keyId = key.life().id().text().substring(Kind.KEY.prefix().length() + 1);
            return PREFIX + VERSION + keyId + Base64Url.encode(bytes);
        });
    }

    /// A release before could not read the mark at all. A token without it is of a password as far as anybody
    /// knows.
    private Claims known(Claims claims) {
        boolean sure = claims.lineage().granted().filter(Lineage.Granted::sure).isPresent();
        return !sure || marks.getAsBoolean() ? claims : claims.unsure();
    }

    private static byte[] associatedData(Id key, Id api) {
        return ByteBuffer.allocate(2 + 2 * Long.BYTES)
                .put((byte) VERSION)
                .put(ACCESS_TOKEN)
                .putLong(key.value())
                .putLong(api.value())
                .array();
    }
}
