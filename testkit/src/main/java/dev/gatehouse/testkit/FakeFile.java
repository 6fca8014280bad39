package dev.gatehouse.testkit;

/// The file of the fake platform.
final class FakeFile {
    static final String TEXT = """
            platform: Fake
            title: Fake
            docs: https://docs.fake.test/
            hosts: [fake.test]
            base: https://fake.test/api
            verify: GET /account
            ways:
              key:
                fields: {key: {title: Key}}
                headers: {X-Key: "{key}"}
              user:
                basic: {user: "{username}", password: "{password}"}
              oauth_internal:
                fields: {account: {title: Account, secret: false, required: false}}
              oauth_external: {}
              client_credentials: {}
              jwt_bearer:
                fields:
                  client_id: {title: Client, secret: false}
                  subject: {title: User, secret: false, required: false}
                assertion:
                  issuer: "{client_id}"
                  subject: "{subject}"
                  audience: https://fake.test/token
                  claims: {tenant: "of {client_id}"}
              certificate: {}
            oauth:
              authorize: https://fake.test/authorize
              token: https://fake.test/token
              pkce: true
              parameters: {prompt: consent}
              answer: {account_id: account}
              life: 1h
              rotates: true
            """;

    private FakeFile() {}
}
