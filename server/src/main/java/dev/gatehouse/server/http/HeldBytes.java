package dev.gatehouse.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.eclipse.jetty.io.Content;

/// The bytes of an answer that are held back until its end is known: as long as there are not too many of them and
/// there is memory. Then they go on with those that follow, and nothing more is held.
final class HeldBytes {
    private final int limit;
    private final IntPredicate memory;
    private final ByteArrayOutputStream bytes;
    private boolean holding;
    private Optional<Outcome.Unsigned> why = Optional.empty();
    private byte[] all = new byte[0];

    private HeldBytes(int limit, IntPredicate memory, boolean holding) {
        this.limit = limit;
        this.memory = memory;
        this.bytes = new ByteArrayOutputStream(holding ? 512 : 0);
        this.holding = holding;
    }

    /// Holds at most so many bytes.
    ///
    /// @param memory whether there is memory for so many more
    static HeldBytes upTo(int limit, IntPredicate memory) {
        return new HeldBytes(limit, memory, true);
    }

    /// Holds nothing.
    static HeldBytes none() {
        return new HeldBytes(0, _ -> false, false);
    }

    boolean holding() {
        return holding;
    }

    /// Whether the bytes of this chunk are held; from the first that are not, none are.
    private boolean add(Content.Chunk chunk) {
        ByteBuffer more = chunk.getByteBuffer();
        if (!holding) {
            return false;
        }
        if (bytes.size() + more.remaining() > limit) {
            why = Optional.of(Outcome.Unsigned.TOO_LONG);
        } else if (!memory.test(more.remaining())) {
            why = Optional.of(Outcome.Unsigned.NO_MEMORY);
        } else {
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
        all = bytes.toByteArray();
        bytes.reset();
        return Content.Chunk.from(ByteBuffer.wrap(all), true);
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

    /// All bytes of the answer once its last ones are here, where none went on before the end.
    Optional<ByteBuffer> whole() {
        return holding ? Optional.of(ByteBuffer.wrap(all)) : Optional.empty();
    }

    /// Why they went on.
    Optional<Outcome.Unsigned> why() {
        return why;
    }
}
