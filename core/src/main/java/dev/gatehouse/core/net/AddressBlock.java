package dev.gatehouse.core.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// A network in CIDR notation (RFC 4632, RFC 4291): `192.0.2.0/24`, `2001:db8::/32`, or a single address.
/// IPv4-mapped IPv6 addresses are the IPv4 addresses they map.
public final class AddressBlock {
    private static final Pattern NUMERIC_V4 = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern NUMERIC_V6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private final byte[] network;
    private final int prefix;

    private AddressBlock(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /// Reads a block. Host bits below the prefix, names, and shorthand such as `127.1` are refused.
    public static Optional<AddressBlock> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = numeric(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = address.get().getAddress();
        int bits = bytes.length * 8;
        if (slash >= 0) {
            String digits = text.substring(slash + 1);
            if (!digits.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(digits) > bits) {
                return Optional.empty();
            }
            bits = Integer.parseInt(digits);
        }
        AddressBlock block = new AddressBlock(bytes, bits);
        return Arrays.equals(block.masked(bytes), bytes) ? Optional.of(block) : Optional.empty();
    }

    /// The network of this one address.
    public static AddressBlock of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new AddressBlock(bytes, bytes.length * 8);
    }

    /// A numeric address; never a name, so that nothing is ever looked up.
    public static Optional<InetAddress> numeric(String text) {
        if (!NUMERIC_V4.matcher(text).matches()
                && !(text.indexOf(':') >= 0 && NUMERIC_V6.matcher(text).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// How many leading bits its addresses share.
    public int prefix() {
        return prefix;
    }

    /// Whether it holds IPv6 addresses.
    public boolean isIpv6() {
        return network.length == 16;
    }

    /// Whether the address lies in this block.
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == network.length && Arrays.equals(masked(bytes), network);
    }

    /// Whether every address of the other block lies in this one.
    public boolean covers(AddressBlock other) {
        return other.network.length == network.length
                && other.prefix >= prefix
                && Arrays.equals(masked(other.network), network);
    }

    private byte[] masked(byte[] bytes) {
        byte[] out = bytes.clone();
        for (int i = 0; i < out.length; i++) {
            int keep = Math.clamp(prefix - i * 8L, 0, 8);
            out[i] &= (byte) (0xff00 >> keep);
        }
        return out;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressBlock block && block.prefix == prefix && Arrays.equals(block.network, network);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(network) * 31 + prefix;
    }

    /// The notation that [#parse(String)] reads.
    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + prefix;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a block holds 4 or 16 bytes", e);
        }
    }
}
