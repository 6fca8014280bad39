package dev.gatehouse.server;

import java.net.URI;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/// A web application as Spring's guides write it: it knows the issuer, its own name and secret, and nothing
/// else of us.
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SpringShop.Pages.class)
class SpringShop {
    @Bean
    SecurityFilterChain chain(HttpSecurity http, ClientRegistrationRepository clients) {
        var out = new OidcClientInitiatedLogoutSuccessHandler(clients);
        out.setPostLogoutRedirectUri("{baseUrl}/bye");
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/bye")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2Login(Customizer.withDefaults())
                .logout(logout -> logout.logoutRequestMatcher(
                                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, "/logout"))
                        .logoutSuccessHandler(out))
                .build();
    }

    @RestController
    static class Pages {
        @GetMapping("/")
        Map<String, Object> who(@AuthenticationPrincipal OidcUser user) {
            return Map.of("sub", user.getSubject(), "issuer", user.getIssuer().toString(), "claims", user.getClaims());
        }

        @GetMapping("/things")
        String things(
                @RegisteredOAuth2AuthorizedClient("gatehouse") OAuth2AuthorizedClient client,
                @AuthenticationPrincipal OidcUser user) {
            return RestClient.create()
                    .get()
                    .uri(URI.create(user.getIssuer() + "/things"))
                    .headers(headers ->
                            headers.setBearerAuth(client.getAccessToken().getTokenValue()))
                    .retrieve()
                    .body(String.class);
        }

        @GetMapping("/bye")
        String bye() {
            return "Goodbye";
        }
    }
}
