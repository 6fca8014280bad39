package dev.gatehouse.server.observe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// The network that an address belongs to, as far as it tells callers apart: /24 of IPv4, /64 of IPv6.
final class Networks {
    private static final int V4_BYTES = 3;
    private static final int V6_BYTES = 8;

    private Networks() {}

    static String of(InetAddress address) {
        byte[] bytes = address.getAddress();
        int kept = bytes.length == 4 ? V4_BYTES : V6_BYTES;
        Arrays.fill(bytes, kept, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + kept * Byte.SIZE;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has the length of an address", e);
        }
    }
}
