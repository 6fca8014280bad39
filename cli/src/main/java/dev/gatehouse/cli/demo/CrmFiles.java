package dev.gatehouse.cli.demo;

import dev.gatehouse.client.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// What a node has to know of the demo's CRM: its file as a platform, its certificate, and the client there. In a
/// folder of its own, written at every start.
final class CrmFiles {
    private static final String FOLDER = "crm";

    private CrmFiles() {}

    static Path certificate(Path folder) {
        return folder.resolve(FOLDER).resolve("crm.pem");
    }

    static Path platforms(Path folder) {
        return folder.resolve(FOLDER);
    }

    /// Not `*.yaml`, which in this folder are platforms.
    static Path clients(Path folder) {
        return folder.resolve(FOLDER).resolve("clients");
    }

    /// The certificate of an earlier start, or a new one.
    static CrmCertificate certificate(Crm crm, Instant now) {
        Optional<String> pem = OwnerOnly.read(crm.certificate());
        Optional<Secret> key = OwnerOnly.read(key(crm)).map(Secret::of);
        return pem.flatMap(shown -> key.flatMap(own -> CrmCertificate.read(shown, own, now)))
                .orElseGet(() -> CrmCertificate.draw(now));
    }

    private static Path key(Crm crm) {
        return crm.certificate().resolveSibling("crm-key.pem");
    }

    static void write(Crm crm, CrmCertificate shown) {
        Path certificate = crm.certificate();
        Optional.ofNullable(certificate.getParent()).ifPresent(OwnerOnly::folder);
        OwnerOnly.write(certificate, shown.pem());
        OwnerOnly.write(key(crm), shown.keyPem().reveal());
        OwnerOnly.write(
                certificate.resolveSibling("clients"),
                Crm.TYPE + ": {id: " + Crm.CLIENT + ", secret: \""
                        + crm.secret().reveal() + "\"}\n");
        OwnerOnly.write(
                certificate.resolveSibling(Crm.TYPE + ".yaml"), """
                # Written by `gatehouse demo` at every start; changes are lost.
                platform: %1$s
                title: CRM of the demo
                docs: %2$s
                hosts: ["*"]
                base: %3$s
                verify: GET /account
                ways:
                  key:
                    fields: {key: {title: Key}}
                    headers: {X-Crm-Key: "{key}"}
                  user:
                    basic: {user: "{username}", password: "{password}"}
                  oauth_internal: {}
                  oauth_external: {}
                oauth:
                  authorize: %2$sauthorize
                  token: %2$stoken
                  pkce: true
                  rotates: true
                """.formatted(Crm.TYPE, crm.origin(), crm.base()));
    }
}
