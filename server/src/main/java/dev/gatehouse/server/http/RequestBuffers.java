package dev.gatehouse.server.http;

import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;

/// Buffers that requests are read into, each made for one connection and never handed to another. After a
/// malformed request two threads of the HTTP server may be in one connection, and the one gives back the buffer
/// that the other still fills; from a pool it would be another caller's by then. What has other sizes is pooled.
final class RequestBuffers extends ByteBufferPool.Wrapper {
    /// What is read at once.
    static final int BYTES = 8 * 1024;

    /// @param pool for everything else
    RequestBuffers(ByteBufferPool pool) {
        super(pool);
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
        return size == BYTES
                ? RetainableByteBuffer.wrap(BufferUtil.allocate(size, false))
                : super.acquire(size, direct);
    }
}
