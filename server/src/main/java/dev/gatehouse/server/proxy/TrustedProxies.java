package dev.gatehouse.server.proxy;

import dev.gatehouse.core.net.AddressBlock;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The peers of one listener that may say where a request comes from. Empty unless the operator names them.
public record TrustedProxies(List<AddressBlock> blocks) {
    /// Keeps a copy.
    public TrustedProxies {
        blocks = List.copyOf(blocks);
    }

    /// Whether this peer may say anything.
    public boolean contains(InetAddress peer) {
        for (AddressBlock block : blocks) {
            if (block.contains(peer)) {
                return true;
            }
        }
        return false;
    }

    /// The client of a trusted peer: in `X-Forwarded-For`, to which each proxy adds the peer that it saw itself,
    /// the last address that is not a trusted proxy's, because whatever stands before it is that client's word.
    /// The first one when all of them are trusted. Empty when it cannot be told.
    ///
    /// @param forwardedFor every value of the header, in order
    public Optional<InetAddress> client(List<String> forwardedFor) {
        List<String> hops = new ArrayList<>();
        forwardedFor.forEach(value -> hops.addAll(List.of(value.split(",", -1))));
        Optional<InetAddress> client = Optional.empty();
        for (String hop : hops.reversed()) {
            client = AddressBlock.numeric(hop.strip());
            if (client.isEmpty() || !contains(client.get())) {
                return client;
            }
        }
        return client;
    }
}
