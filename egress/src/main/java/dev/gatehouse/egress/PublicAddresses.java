package dev.gatehouse.egress;

import dev.gatehouse.core.net.AddressBlock;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses are public: those that IANA's registries of special-purpose addresses (RFC 6890) leave as
/// globally reachable unicast, without the ones that carry an IPv4 address inside and those that clouds keep for
/// themselves.
final class PublicAddresses {
    private static final List<AddressBlock> NOT_PUBLIC_V4 = blocks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private use
            "100.64.0.0/10", // shared by carriers
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, where clouds keep their metadata
            "172.16.0.0/12", // private use
            "192.0.0.0/24", // protocol assignments; metadata of one cloud
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // relays of 6to4, deprecated
            "192.168.0.0/16", // private use
            "198.18.0.0/15", // benchmarking
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, broadcast
            "168.63.129.16/32"); // inside one cloud: its platform's own server

    /// What is handed out at all; everything else is loopback, unique-local, link-local, multicast or reserved.
    private static final AddressBlock GLOBAL_UNICAST_V6 = block("2000::/3");

    private static final List<AddressBlock> NOT_PUBLIC_V6 = blocks(
            "2001::/23", // protocol assignments: Teredo, benchmarking, ORCHID
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, deprecated
            "3fff::/20"); // documentation

    /// The well-known prefix of NAT64 (RFC 6052): how a network without IPv4 reaches public IPv4 addresses.
    private static final AddressBlock NAT64 = block("64:ff9b::/96");

    private PublicAddresses() {}

    /// Whether an address is public.
    static boolean contains(InetAddress address) {
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC_V4.stream().noneMatch(block -> block.contains(address));
        }
        if (NAT64.contains(address)) {
            return contains(last32(address));
        }
        return GLOBAL_UNICAST_V6.contains(address)
                && NOT_PUBLIC_V6.stream().noneMatch(block -> block.contains(address))
                && !isatap(address);
    }

    /// Whether the interface part is that of an ISATAP tunnel (RFC 5214), which ends at an IPv4 address inside.
    private static boolean isatap(InetAddress address) {
        byte[] bytes = address.getAddress();
        return (bytes[8] & 0xfd) == 0
                && bytes[9] == 0
                && bytes[10] == 0x5e
                && bytes[11] == (byte) 0xfe
                && !contains(last32(address));
    }

    private static InetAddress last32(InetAddress address) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), 12, 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<AddressBlock> blocks(String... texts) {
        return Stream.of(texts).map(PublicAddresses::block).toList();
    }

    private static AddressBlock block(String text) {
        return AddressBlock.parse(text).orElseThrow();
    }
}
