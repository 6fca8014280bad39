package dev.gatehouse.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.net.AddressBlock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong stops the start, and is named with its place.
class NodeConfigMistakesTest extends NodeConfigFixture {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            dta: x                                                   | 1 | there is no key dta; did you mean data?
            data: a\\ndata: b                                        | 2 | data is here twice (first at
            log: {}\\ntrusted-proxies: 10.0.0.0/8                    | 2 | there is no key trusted-proxies
            log:\\n  levle: info                                     | 2 | there is no key log.levle; did you mean log.level?
            log:\\n  level: loud                                     | 2 | log.level must be trace or debug or info or warn or error
            log.level: [info]                                        | 1 | log.level is not a list
            data:                                                    | 1 | data has no value
            tracing: {endpoint: 'http://127.0.0.1:4318'}             | 1 | tracing.endpoint must be http://HOST:PORT/PATH
            tracing: {endpoint: 'http://a:b@127.0.0.1/v1'}           | 1 | tracing.endpoint must be http
            tracing: {endpoint: 'grpc://127.0.0.1:4317/v1'}          | 1 | tracing.endpoint must be http
            tracing: {endpoint: 'http://a/b', sample-ratio: 1.1}     | 1 | tracing.sample-ratio must be a number from 0 to 1
            tracing: {sample-ratio: 1}                               | 1 | tracing.sample-ratio: means nothing without tracing.endpoint
            limits: {head-bytes: 1}                                  | 1 | limits.head-bytes must be a whole number from 4096 to 65536
            limits: {head-bytes: 1e4}                                | 1 | limits.head-bytes must be a whole number
            limits: {head-bytes: 0x4000}                             | 1 | limits.head-bytes must be a whole number
            limits: {connections: 99999999999}                       | 1 | limits.connections must be a whole number
            allow-remote-admin: yes                                  | 1 | allow-remote-admin must be true or false
            - data                                                   | 1 | the file is a mapping
            data: &a x\\nkey-file: *a                                | 2 | aliases are not read
            data: a\\n---\\ndata: b                                  | 3 | only one document
            "data: [                                                 | 1 | is not YAML
            listeners: []                                            | 1 | listeners names at least one listener
            listeners: [{port: 1, serves: api}]                      | 1 | this listener has no name
            listeners: [{name: A, port: 1, serves: api}]             | 1 | a listener's name is
            listeners: [{name: a, prot: 1, serves: api}]             | 1 | there is no key listeners.a.prot; did you mean listeners.a.port?
            listeners: [{name: a, address: localhost, port: 1, serves: api}] | 1 | listeners.a.address must be a numeric
            listeners: [{name: a, address: 127.1, port: 1, serves: api}]     | 1 | listeners.a.address must be a numeric
            listeners: [{name: a, port: 65536, serves: api}]         | 1 | listeners.a.port must be a whole number from 0 to 65535
            listeners: [{name: a, port: 1, serves: api, body-bytes: 0}]     | 1 | listeners.a.body-bytes must be a whole number from 1 to 1099511627776
            listeners: [{name: a, port: 1, serves: admin, body-bytes: 9}]   | 1 | listeners.a.body-bytes: means nothing for a listener that serves admin
            listeners: [{name: a, port: 1, serves: all}]             | 1 | listeners.a.serves must be api or admin or verify
            listeners: [{name: a, port: 1, serves: api}, {name: a, port: 2, serves: api}] | 1 | the listener a is here twice
            listeners: [{name: a, port: 1, serves: api}, {name: b, port: 1, serves: api}] | 1 | another listener has this port
            listeners: [{name: a, address: 0.0.0.0, port: 1, serves: admin}]  | 1 | needs allow-remote-admin: true
            listeners: [{name: a, address: '::', port: 1, serves: admin}]     | 1 | needs allow-remote-admin: true
            listeners: [{name: a, address: 0.0.0.0, port: 1, serves: admin, behind-tls: true}] | 1 | needs allow-remote-admin: true
            listeners: [{name: a, address: 0.0.0.0, port: 1, serves: api}]    | 1 | listeners.a.address: keys and tokens would cross the network unencrypted: set listeners.a.tls.certificates and listeners.a.tls.keys, or listen on 127.0.0.1, or set listeners.a.behind-tls: true
            listeners: [{name: a, address: '::', port: 1, serves: api}]       | 1 | would cross the network unencrypted
            listeners: [{name: a, address: 10.1.2.3, port: 1, serves: api, behind-tls: false}] | 1 | would cross the network unencrypted
            allow-remote-admin: true\\nlisteners: [{name: a, address: 10.1.2.3, port: 1, serves: admin}] | 2 | would cross the network unencrypted
            listeners: [{name: a, port: 1, serves: api, behind-tls: true, tls: {certificates: a, keys: b}}] | 1 | listeners.a.behind-tls: means nothing
            listeners: [{name: a, port: 1, serves: api, tls: {certificates: [a, c], keys: b}}] | 1 | names 2 files, listeners.a.tls.keys names 1
            listeners: [{name: a, port: 1, serves: api, tls: {certificates: a}}] | 1 | each certificate needs its key
            listeners: [{name: a, port: 1, serves: api, tls: {keys: a}}]      | 1 | listeners.a.tls.keys: means nothing without listeners.a.tls.certificates
            listeners: [{name: a, port: 1, serves: api, tls: {http2: true}}]  | 1 | means nothing without listeners.a.tls.certificates
            listeners: [{name: a, port: 1, serves: api, tls: {certificates: a, keys: b, client-ca: c}}] | 1 | listeners.a.tls.client-ca: means nothing unless
            listeners: [{name: a, port: 1, serves: api, certificate-header: Client-Cert}] | 1 | listeners.a.certificate-header: means nothing without listeners.a.trusted-proxies
            listeners: [{name: a, port: 1, serves: api, tls: {certificates: a, keys: b, client-certificates: require}}] | 1 | listeners.a.tls.client-certificates: needs listeners.a.tls.client-ca
            listeners: [{name: a, port: 1, serves: api, tls: {certificates: ['a,b'], keys: b}}] | 1 | an item of listeners.0.tls.certificates is a text without a comma
            listeners: [{name: a, port: 1, serves: api, tls: {certificates: [{a: b}], keys: b}}] | 1 | an item of listeners.0.tls.certificates is a text
            listeners: [{name: a, port: 1, serves: api, tls: {certificates: [], keys: b}}] | 1 | listeners.a.tls.certificates must be 1 to 32 paths
            listeners: [{name: a, port: 1, serves: api, tls: {certificates: 'a,,b', keys: b}}] | 1 | listeners.a.tls.certificates must be 1 to 32 paths
            listeners: [{name: a, port: 1, serves: api, tls: {certificats: a}}] | 1 | did you mean listeners.a.tls.certificates?
            listeners: [{name: a, port: 1, serves: api, address: [x]}]        | 1 | listeners.0.address is not a list
            listeners: [{name: a, port: 1, serves: verify}]                   | 1 | listeners.a.proxy is missing: nginx or caddy or haproxy or traefik or envoy
            listeners: [{name: a, port: 1, serves: verify, proxy: apache}]    | 1 | listeners.a.proxy must be nginx or caddy
            listeners: [{name: a, port: 1, serves: api, proxy: nginx}]        | 1 | listeners.a.proxy: means nothing for a listener that serves api
            listeners: [{name: a, port: 1, serves: verify, proxy: nginx, body-bytes: 9}] | 1 | listeners.a.body-bytes: means nothing for a listener that serves verify
            listeners: [{name: a, port: 1, serves: admin, trusted-proxies: 10.0.0.7}]    | 1 | listeners.a.trusted-proxies: means nothing for a listener that serves admin
            listeners: [{name: a, address: 10.1.2.3, port: 1, serves: verify, proxy: nginx}] | 1 | would cross the network unencrypted
            database: {url: 'jdbc:h2:mem'}                           | 1 | database.url must be jdbc:postgresql://
            database: {url: 'jdbc:postgresql://u:p@h/d', user: u}    | 1 | database.url must be
            database: {url: 'jdbc:postgresql://h/d?password=p', user: u} | 1 | database.url must be
            database: {url: 'jdbc:postgresql://h/d'}                 | 1 | database.user is missing
            database: {user: u}                                      | 1 | means nothing without database.url
            database: {url: 'jdbc:postgresql://h/d', user: u, password-file: /nowhere} | 1 | the file cannot be read
            """)
    void whatIsWrongStopsTheStartAndIsNamedWithItsLine(String yaml, int line, String what) {
        List<Mistake> mistakes = wrong(yaml.replace("\\n", "\n"), Map.of(), Map.of());
        assertThat(mistakes).anySatisfy(mistake -> {
            assertThat(mistake.what()).contains(what);
            assertThat(mistake.origin()).isEqualTo(file() + ":" + line);
        });
    }

    @Test
    void nobodyIsTrustedUnlessNamed() {
        String listener = "listeners: [{name: a, port: 1, serves: verify, proxy: envoy%s}]";
        for (String unset : List.of("", ", trusted-proxies: []")) {
            assertThat(good(listener.formatted(unset), Map.of(), Map.of()).listeners())
                    .singleElement()
                    .satisfies(verify -> {
                        assertThat(verify.trustedProxies()).isEmpty();
                        assertThat(verify.proxy()).contains(NodeConfig.Proxy.ENVOY);
                    });
        }
        assertThat(good(
                                listener.formatted(", trusted-proxies: [10.0.0.7, '2001:db8::/32', 10.1.0.0/16]"),
                                Map.of(),
                                Map.of("listeners.a.serves", "verify"))
                        .listeners()
                        .getFirst()
                        .trustedProxies())
                .extracting(AddressBlock::toString)
                .containsExactly("10.0.0.7/32", "2001:db8:0:0:0:0:0:0/32", "10.1.0.0/16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "::/0",
                "0.0.0.0/1, 128.0.0.0/1",
                "::/1, 8000::/1",
                "10.0.0.7, 0.0.0.0/0",
                "64.0.0.0/7",
                "2000::/3",
                "::ffff:0:0/96",
                "10.0.0.1/8",
                "proxy.internal",
                "10.0.0.7,",
                "*",
                "all"
            })
    void nobodyCanTrustEverybody(String proxies) {
        for (String kind : List.of("serves: api", "serves: verify, proxy: nginx")) {
            assertThat(wrong(
                            "listeners: [{name: a, port: 1, " + kind + ", trusted-proxies: \"" + proxies + "\"}]",
                            Map.of(),
                            Map.of()))
                    .singleElement()
                    .satisfies(mistake -> assertThat(mistake.what())
                            .startsWith("listeners.a.trusted-proxies must be")
                            .contains("none larger than a /8 of IPv4 or a /16 of IPv6"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GATEHOUSE_DTA, 'is no variable of Gatehouse; did you mean GATEHOUSE_DATA?'",
        "GATEHOUSE_LISTENERS_ADMIN_PROT, 'is no variable of Gatehouse; did you mean GATEHOUSE_LISTENERS_ADMIN_PORT?'",
        "GATEHOUSE_LISTENERS_ADMIN_PORT, 'listeners.admin.port must be a whole number from 0 to 65535'",
    })
    void whatIsWrongInTheEnvironmentStopsTheStart(String variable, String what) {
        assertThat(wrong("", Map.of(variable, "x"), Map.of())).contains(new Mistake("environment " + variable, what));
    }

    @Test
    void whatIsWrongInFlagsStopsTheStart() {
        assertThat(wrong("", Map.of(), Map.of("listeners.admin.address", "0.0.0.0", "dat", "x")))
                .extracting(Mistake::origin)
                .containsExactly("--set dat", "--set listeners.admin.address", "--set listeners.admin.address");
    }

    @Test
    void aMissingFileStopsTheStart() {
        var sources = new ConfigSources(Optional.of(folder.resolve("none")), Map.of(), Map.of(), Set.of());
        assertThat(NodeConfig.load(sources)).isInstanceOf(Loaded.Wrong.class);
    }
}
