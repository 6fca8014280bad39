package dev.gatehouse.cli.demo;

import dev.gatehouse.client.Json;
import dev.gatehouse.client.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The ports of a demo, by what listens there; chosen once and kept in its folder, so that a restart has the
/// same.
record Ports(Map<String, Integer> byName) {
    static final String ORDERS = "orders";
    static final String ADMIN = "admin";
    static final String UPSTREAM = "upstream";

    /// The sample application in one page.
    static final String APP = "app";

    /// Somebody else's platform.
    static final String CRM = "crm";

    /// The Apis of providers with a dialect of their own.
    static final List<String> DIALECTS =
            Provider.ALL.stream().map(Provider::dialect).toList();

    /// All that listens, in the order of the ports.
    static final List<String> NAMES = Stream.of(
                    List.of(ORDERS, ADMIN, UPSTREAM), DIALECTS, List.of(AccountsSetup.NAME, APP, CRM))
            .flatMap(List::stream)
            .toList();

    /// The first port when nobody says another.
    static final int FIRST = 8480;

    private static final String FILE = "ports.json";

    Ports {
        byName = Map.copyOf(byName);
    }

    int of(String name) {
        return byName.getOrDefault(name, 0);
    }

    /// The kept ports; those from `first` upward when it is given, free ones when it is 0.
    static Ports choose(Path folder, Optional<Integer> first) {
        Optional<Ports> kept = first.isPresent() ? Optional.empty() : read(folder);
        Ports ports = kept.orElseGet(() -> first.orElse(FIRST) == 0 ? free() : from(first.orElse(FIRST)));
        ports.refuseTaken();
        return ports;
    }

    /// Keeps them for the next start; only when the folder is known to be this process's own.
    void keep(Path folder) {
        OwnerOnly.write(folder.resolve(FILE), json().pretty() + "\n");
    }

    private static Ports from(int first) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            ports.put(NAMES.get(i), first + i);
        }
        return new Ports(ports);
    }

    /// Ports that are free now. All are held until the last is found, so that no two are the same.
    private static Ports free() {
        List<ServerSocket> held = new ArrayList<>();
        Map<String, Integer> ports = new LinkedHashMap<>();
        try {
            for (String name : NAMES) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports.put(name, socket.getLocalPort());
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
        return new Ports(ports);
    }

    private void refuseTaken() {
        List<String> taken = NAMES.stream()
                .filter(name -> taken(of(name)))
                .map(name -> of(name) + " (" + name + ")")
                .toList();
        if (!taken.isEmpty()) {
            throw new DemoException("port " + String.join(" and port ", taken)
                    + " is taken on this machine; end what listens there, or choose others: --port N takes N and the "
                    + (NAMES.size() - 1) + " after it, --port 0 any free ones");
        }
    }

    private static boolean taken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private Json.Obj json() {
        Json.Obj json = Json.Obj.EMPTY;
        for (String name : NAMES) {
            json = json.with(name, Json.of(of(name)));
        }
        return json;
    }

    private static Optional<Ports> read(Path folder) {
        try {
            if (!Files.exists(folder.resolve(FILE))
                    || !(Json.parse(Files.readString(folder.resolve(FILE))) instanceof Json.Obj json)) {
                return Optional.empty();
            }
            Map<String, Integer> ports = new LinkedHashMap<>();
            for (String name : NAMES) {
                if (json.get(name).orElse(new Json.Null()) instanceof Json.Num(String digits)
                        && digits.matches("[1-9][0-9]{0,4}")) {
                    ports.put(name, Integer.parseInt(digits));
                }
            }
            return ports.size() == NAMES.size() ? Optional.of(new Ports(ports)) : Optional.empty();
        } catch (JsonException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.resolve(FILE), e);
        }
    }
}
