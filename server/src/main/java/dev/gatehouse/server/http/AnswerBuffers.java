package dev.gatehouse.server.http;

import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;

/// Buffers that upstreams' answers are read into, each never handed to another. When an answer breaks off, the HTTP
/// client gives its buffer back and empties it afterwards; from a pool it may hold another call's head by then,
/// which is missing before that call's body. What has other sizes, or is written from, is pooled.
final class AnswerBuffers extends ByteBufferPool.Wrapper {
    /// What is read at once.
    static final int BYTES = 16 * 1024;

    /// Of their kind nothing else is asked for but what TLS has decrypted, which is an answer's, too.
    static final boolean DIRECT = false;

    /// @param pool for everything else
    AnswerBuffers(ByteBufferPool pool) {
        super(pool);
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
        return size == BYTES && direct == DIRECT
                ? RetainableByteBuffer.wrap(BufferUtil.allocate(size, direct))
                : super.acquire(size, direct);
    }
}
