package dev.gatehouse.server.doctor;

import dev.gatehouse.server.config.NodeConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Whether each listener's port can be had.
final class Sockets {
    private Sockets() {}

    static List<Finding> examine(List<NodeConfig.Listener> listeners) {
        List<Finding> findings = new ArrayList<>();
        listeners.forEach(listener -> findings.add(examine(listener)));
        return findings;
    }

    private static Finding examine(NodeConfig.Listener listener) {
        String about = "listener " + listener.name();
        String place = listener.address().getHostAddress() + " port " + listener.port();
        if (listener.port() == 0) {
            return Finding.ok(about, listener.address().getHostAddress() + ", any free port");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(listener.address(), listener.port()));
            return Finding.ok(about, place + " is free");
        } catch (IOException e) {
            return Finding.warning(
                    about,
                    place + " cannot be had now: " + e.getMessage(),
                    "right when this node is running; otherwise stop what holds it (`ss -ltnp`), or take another port");
        }
    }
}
