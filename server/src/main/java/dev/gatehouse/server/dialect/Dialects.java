package dev.gatehouse.server.dialect;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.api.Speech;
import dev.gatehouse.dialect.load.Shipped;
import dev.gatehouse.oauth.dpop.Holders;
import dev.gatehouse.server.gateway.CallDialect;
import dev.gatehouse.server.gateway.OwnEndpoint;
import dev.gatehouse.server.gateway.StandardDialect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Which dialect each Api speaks.
public final class Dialects implements CallDialect.Chosen {
    /// The shipped dialects that are served.
    private static final List<String> SERVED = List.of("sfs", "inbenta", "nomba", "infobip", "data2crm");

    private final CallDialect standard;
    private final Function<String, CallDialect> load;
    private final Map<String, CallDialect> loaded = new ConcurrentHashMap<>();

    /// @param endpoints the OAuth endpoints, for Apis of the built-in dialect, by path
    /// @param pages where users sign in and are asked, for those and for Apis whose dialect takes codes
    /// @param documents those that an Api of any dialect has
    /// @param holders tells who has the key that a token is bound to
    public Dialects(
            Desk desk,
            Map<String, OwnEndpoint> endpoints,
            Map<String, OwnEndpoint> pages,
            Map<String, OwnEndpoint> documents,
            Holders holders) {
        Map<String, OwnEndpoint> own = new HashMap<>(documents);
        own.putAll(endpoints);
        own.putAll(pages);
        this.standard = new StandardDialect(own, holders);
        this.load = name -> SERVED.contains(name)
                ? new ServedDialect(Shipped.find(name).orElseThrow(), desk, documents, pages)
                : new UnknownDialect(standard, desk.observations());
    }

    /// The words that an Api may name its dialect by.
    public static List<String> names() {
        return Stream.concat(Stream.of(Speech.STANDARD), SERVED.stream()).toList();
    }

    /// Loads what these Apis speak, so that none of their callers waits for it.
    public void load(List<Api> apis) {
        apis.forEach(this::of);
    }

    /// For one that another version of Gatehouse knows, none that lets anything through.
    @Override
    public CallDialect of(Api api) {
        String name = api.speech().dialect();
        if (name.equals(Speech.STANDARD)) {
            return standard;
        }
        CallDialect known = loaded.get(name); // takes no lock, unlike what puts
        return known == null ? loaded.computeIfAbsent(name, load) : known;
    }
}
