package dev.gatehouse.connect.refresh;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.store.ConnectionStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/// A database that is away for so many writes of what platforms answered.
final class Outage {
    private Outage() {}

    static ConnectionStore of(ConnectionStore store, AtomicInteger left) {
        return (ConnectionStore) Proxy.newProxyInstance(
                ConnectionStore.class.getClassLoader(),
                new Class<?>[] {ConnectionStore.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("commit") && left.getAndUpdate(n -> Math.max(n - 1, 0)) > 0) {
                        throw new FactsUnavailable("the test took the database away");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
