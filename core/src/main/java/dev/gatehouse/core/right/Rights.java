package dev.gatehouse.core.right;

import dev.gatehouse.core.id.Id;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Scopes by Api. Empty means nothing.
public record Rights(Map<Id, Scopes> byApi) {
    /// No right anywhere.
    public static final Rights NONE = new Rights(Map.of());

    /// Keeps a copy without empty entries.
    public Rights {
        Map<Id, Scopes> kept = new LinkedHashMap<>();
        byApi.forEach((api, scopes) -> {
            if (!scopes.isEmpty()) {
                kept.put(api, scopes);
            }
        });
        byApi = Map.copyOf(kept);
    }

    /// Rights at one Api.
    public static Rights at(Id api, Scopes scopes) {
        return new Rights(Map.of(api, scopes));
    }

    /// The scopes at one Api.
    public Scopes at(Id api) {
        return byApi.getOrDefault(api, Scopes.NONE);
    }

    /// Whether every right here is held by `held`, with what the Apis' catalogues imply.
    public boolean within(Rights held, Function<Id, Catalogue> catalogues) {
        for (Map.Entry<Id, Scopes> entry : byApi.entrySet()) {
            Catalogue catalogue = catalogues.apply(entry.getKey());
            Scopes at = held.at(entry.getKey());
            for (String scope : entry.getValue().list()) {
                if (!catalogue.grants(at, scope)) {
                    return false;
                }
            }
        }
        return true;
    }
}
