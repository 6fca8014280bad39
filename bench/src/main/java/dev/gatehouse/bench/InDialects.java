package dev.gatehouse.bench;

import dev.gatehouse.core.http.Bytes;
import dev.gatehouse.core.http.Header;
import dev.gatehouse.core.http.HttpFacts;
import dev.gatehouse.dialect.load.Shipped;
import dev.gatehouse.dialect.read.DialectReader;
import dev.gatehouse.dialect.read.Reading;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What a dialect adds to a verification: whether the path is an endpoint of its own, whether it needs the body, and
/// what the call presents.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InDialects {
    private static final Header AGENT = new Header("User-Agent", "bench");
    private static final Header ACCEPT = new Header("Accept", "application/json");

    private final DialectReader infobip = reader("infobip");
    private final DialectReader inbenta = reader("inbenta");
    private final HttpFacts key = call(
            "/account/1/balance",
            new Header("Authorization", "App 003026bbc133714df1834b8638bb496e-8f4b3d9a-e931-478d-a994-28a725159ab9"));
    private final HttpFacts token = call(
            "/prod/chatbot/v1/conversation",
            new Header("x-inbenta-key", "BPcdJ3fUhKQ7pGvqM+y1r/8D2FCeZCxNR3Vhn9SgFCk="),
            new Header("Authorization", "Bearer gha_4f1N0wQyqXv7f3o2mYb6t8zKc5d9e1aLhGjUiPsR"));

    private static DialectReader reader(String name) {
        return new DialectReader(Shipped.find(name).orElseThrow());
    }

    private static HttpFacts call(String path, Header... proof) {
        return new HttpFacts(
                "1",
                "api",
                false,
                "GET",
                "api.example.com",
                path,
                Optional.empty(),
                Stream.concat(Stream.of(AGENT, ACCEPT), Stream.of(proof)).toList(),
                Bytes.NONE,
                InetAddress.getLoopbackAddress(),
                0);
    }

    @Benchmark
    public Reading infobip() {
        return called(infobip, key);
    }

    @Benchmark
    public Reading inbenta() {
        return called(inbenta, token);
    }

    private static Reading called(DialectReader reader, HttpFacts call) {
        if (reader.serving(call).isEmpty()
                && !reader.wantsBody(call)
                && reader.read(call) instanceof Reading.Called called) {
            return called;
        }
        throw new IllegalStateException("this is a call");
    }
}
