package dev.gatehouse.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.io.Content;

/// The bytes of an answer that are held back until its end is known: as long as there are not too many of them and
/// there is memory. Then they go on with those that follow, and nothing more is held.
final class HeldBytes {
    private final int limit;
    private final BodyBudget.Part part;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private boolean holding;

    private HeldBytes(int limit, BodyBudget.Part part, boolean holding) {
        this.limit = limit;
        this.part = part;
        this.holding = holding;
    }

    /// Holds at most so many bytes.
    static HeldBytes upTo(int limit, BodyBudget.Part part) {
        return new HeldBytes(limit, part, true);
    }

    /// Holds nothing.
    static HeldBytes none(BodyBudget.Part part) {
        return new HeldBytes(0, part, false);
    }

    boolean holding() {
        return holding;
    }

    /// Whether the bytes of this chunk are held; from the first that are not, none are.
    private boolean add(Content.Chunk chunk) {
        ByteBuffer more = chunk.getByteBuffer();
        if (holding && bytes.size() + more.remaining() <= limit && part.take(more.remaining())) {
            byte[] copy = new byte[more.remaining()];
            more.duplicate().get(copy);
            bytes.write(copy, 0, copy.length);
            return true;
        }
        holding = false;
        return false;
    }

    /// A chunk that is not the last: empty when it is held, else all that is to be written now.
    Optional<Content.Chunk> next(Content.Chunk chunk) {
        if (add(chunk)) {
            chunk.release();
            return Optional.empty();
        }
        return Optional.of(after(chunk));
    }

    /// The last chunk, with all that was held before it.
    Content.Chunk last(Content.Chunk chunk) {
        if (!add(chunk)) {
            return after(chunk);
        }
        chunk.release();
        return Content.Chunk.from(ByteBuffer.wrap(bytes.toByteArray()), true);
    }

    private Content.Chunk after(Content.Chunk chunk) {
        if (bytes.size() == 0) {
            return chunk;
        }
        ByteBuffer both = ByteBuffer.allocate(bytes.size() + chunk.remaining());
        both.put(bytes.toByteArray()).put(chunk.getByteBuffer().duplicate()).flip();
        bytes.reset();
        boolean last = chunk.isLast();
        chunk.release();
        return Content.Chunk.from(both, last);
    }

    /// All bytes of the answer, where none went on before the end.
    Optional<byte[]> whole() {
        return holding ? Optional.of(bytes.toByteArray()) : Optional.empty();
    }
}
