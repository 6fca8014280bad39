package dev.gatehouse.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Looks up the addresses of a name. Blocks; may be called by many threads.
@FunctionalInterface
public interface Resolver {
    /// The resolver of the machine.
    Resolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

    /// All addresses that a name has now.
    List<InetAddress> resolve(String name) throws UnknownHostException;
}
