package dev.gatehouse.egress;

import dev.gatehouse.core.net.AddressBlock;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Requests to servers on the loopback, under names that a test makes up.
final class Roads {
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    /// The names that were looked up.
    final List<String> looked = new CopyOnWriteArrayList<>();

    /// @param resolver where names are
    Egress egress(Resolver resolver, Opening... openings) {
        return new Egress(
                List.of(openings),
                Limits.DEFAULT,
                name -> {
                    looked.add(name);
                    return resolver.resolve(name);
                },
                System::nanoTime,
                EgressListener.NONE);
    }

    /// Every name is at these addresses.
    static Resolver always(String... addresses) {
        return _ -> {
            List<InetAddress> found = new ArrayList<>();
            for (String address : addresses) {
                found.add(AddressBlock.numeric(address).orElseThrow());
            }
            return found;
        };
    }

    /// What the operator opens without TLS.
    static Opening plain(String host, int port) {
        return new Opening(false, host, port, Optional.empty());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
