package dev.gatehouse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.LogoutTerms;
import dev.gatehouse.core.client.RedirectUri;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Nodes of two releases read the same rows.
class ClientColumnTest {
    private static final ClientTerms TERMS = new ClientTerms(
            ClientMethod.NONE,
            Set.of(GrantType.AUTHORIZATION_CODE),
            List.of(RedirectUri.parse("https://app.example.com/cb").orElseThrow()),
            List.of(),
            true);

    private static final LogoutTerms LOGOUT =
            new LogoutTerms(LogoutTerms.uri("https://app.example.com/out"), true, Optional.empty(), false);

    /// It may be what keeps the client from something.
    @Test
    void whatALaterReleaseSaysBesidesIsRefused() {
        assertThatThrownBy(() -> ClientColumn.read(ClientColumn.text(TERMS) + "\ncolour\tblue"))
                .isInstanceOf(IllegalStateException.class);
    }

    /// An earlier one refuses the rows of applications whose terms it does not know.
    @Test
    void whatIsSaidOfLogoutIsNotHere() {
        assertThat(ClientColumn.text(TERMS.telling(LOGOUT))).isEqualTo(ClientColumn.text(TERMS));
        assertThat(ClientColumn.text(ClientTerms.MACHINE.telling(LOGOUT))).isEmpty();
    }
}
