package dev.gatehouse.storage.sql;

import dev.gatehouse.core.client.BackchannelTerms;
import dev.gatehouse.core.client.ClientMessages;
import dev.gatehouse.core.client.ClientMethod;
import dev.gatehouse.core.client.ClientProfile;
import dev.gatehouse.core.client.ClientRule;
import dev.gatehouse.core.client.ClientTerms;
import dev.gatehouse.core.client.GrantType;
import dev.gatehouse.core.client.LogoutTerms;
import dev.gatehouse.core.client.OpenIdTerms;
import dev.gatehouse.core.client.RedirectUri;
import dev.gatehouse.core.client.RequestAlgorithm;
import dev.gatehouse.core.client.ResponseType;
import dev.gatehouse.core.client.SignedAnswer;
import dev.gatehouse.core.right.Restriction;
import dev.gatehouse.core.secret.SigningAlgorithm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An application's terms as a client in one column: a line for each of them, nothing for those of a program that
/// acts for itself. A node that does not know what a later release says knows nothing of the application,
/// because it could be what keeps others out; what it is told of logout is in [LogoutColumns].
final class ClientColumn {
    private static final String METHOD = "method";
    private static final String GRANT = "grant";
    private static final String REDIRECT = "redirect";
    private static final String AFTER_LOGOUT = "after_logout";
    private static final String PKCE = "pkce";
    private static final String RULE = "rule";
    static final String PROFILE = "profile";
    private static final String REQUESTS = "requests";
    private static final String ANSWER = "answer";
    private static final String OPTIONAL = "optional";
    private static final String SUBJECT = "subject";
    private static final String PAIRWISE = "pairwise";
    private static final String SECTOR = "sector";
    private static final String REQUEST_URI = "request_uri";
    private static final String MAX_AGE = "max_age";
    private static final String ACR = "acr";
    private static final String RESPONSE = "response";
    private static final String DETAIL = "detail";
    private static final String NOTIFIED = "notified";
    private static final String BACK_REQUESTS = "back_requests";
    private static final String USER_CODE = "user_code";
    private static final String ASKED = "asked";

    private ClientColumn() {}

    static String text(ClientTerms terms) {
        if (terms.telling(LogoutTerms.NONE).equals(ClientTerms.MACHINE)) {
            return "";
        }
        Fields out = new Fields().line(METHOD, terms.method().wire());
        terms.grants().stream().sorted(Comparator.naturalOrder()).forEach(grant -> out.line(GRANT, grant.wire()));
        terms.redirects().forEach(uri -> out.line(REDIRECT, uri.text()));
        terms.afterLogout().forEach(uri -> out.line(AFTER_LOGOUT, uri.text()));
        terms.rules().stream().sorted().forEach(rule -> out.line(RULE, rule.wire()));
        terms.messages().profile().ifPresent(profile -> out.line(PROFILE, profile.wire()));
        terms.messages().requests().ifPresent(algorithm -> out.line(REQUESTS, algorithm.wire()));
        terms.messages().answers().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> out.line(
                        ANSWER, one.getKey().wire() + ' ' + one.getValue().wire()));
        openId(terms.openId(), out);
        terms.details().listed().forEach(type -> out.line(DETAIL, type));
        return terms.pkceRequired() ? out.text() : out.line(PKCE, OPTIONAL).text();
    }

    private static void openId(OpenIdTerms terms, Fields out) {
        if (terms.pairwise()) {
            out.line(SUBJECT, PAIRWISE);
        }
        terms.sectorUri().ifPresent(uri -> out.line(SECTOR, uri.text()));
        terms.requestUris().forEach(uri -> out.line(REQUEST_URI, uri));
        terms.maxAgeSeconds().ifPresent(age -> out.line(MAX_AGE, Long.toString(age)));
        terms.acrValues().forEach(value -> out.line(ACR, value));
        terms.implicit().stream().sorted().forEach(type -> out.line(RESPONSE, type.wire()));
        BackchannelTerms back = terms.backchannel();
        back.notified().ifPresent(uri -> out.line(NOTIFIED, uri.text()));
        back.requests().ifPresent(algorithm -> out.line(BACK_REQUESTS, algorithm.wire()));
        if (back.userCode()) {
            out.line(USER_CODE, ASKED);
        }
    }

    static ClientTerms read(String column) {
        if (column.isEmpty()) {
            return ClientTerms.MACHINE;
        }
        ClientMethod method = ClientMethod.SECRET;
        Set<GrantType> grants = EnumSet.noneOf(GrantType.class);
        List<RedirectUri> redirects = new ArrayList<>();
        List<RedirectUri> afterLogout = new ArrayList<>();
        Set<ClientRule> rules = EnumSet.noneOf(ClientRule.class);
        Map<SignedAnswer, SigningAlgorithm> answers = new EnumMap<>(SignedAnswer.class);
        Optional<ClientProfile> profile = Optional.empty();
        Optional<RequestAlgorithm> requests = Optional.empty();
        boolean pkce = true;
        boolean pairwise = false;
        Optional<RedirectUri> sector = Optional.empty();
        List<String> requestUris = new ArrayList<>();
        Optional<Long> maxAge = Optional.empty();
        List<String> acrValues = new ArrayList<>();
        Set<ResponseType> direct = EnumSet.noneOf(ResponseType.class);
        List<String> details = new ArrayList<>();
        Optional<RedirectUri> notified = Optional.empty();
        Optional<RequestAlgorithm> backRequests = Optional.empty();
        boolean userCode = false;
        for (List<String> line : Fields.read(column, 2)) {
            String value = line.getLast();
            switch (line.getFirst()) {
                case METHOD -> method = known(ClientMethod.of(value));
                case GRANT -> grants.add(known(GrantType.of(value)));
                case REDIRECT -> redirects.add(known(RedirectUri.ofDevice(value)));
                case AFTER_LOGOUT -> afterLogout.add(known(RedirectUri.parse(value)));
                case RULE -> rules.add(ClientRuleColumn.rule(value));
                case PROFILE -> profile = Optional.of(known(ClientProfile.of(value)));
                case REQUESTS -> requests = Optional.of(known(RequestAlgorithm.of(value)));
                case ANSWER -> answers.putAll(answer(value));
                case SUBJECT -> pairwise = value.equals(PAIRWISE);
                case SECTOR -> sector = Optional.of(known(OpenIdTerms.sectorUri(value)));
                case REQUEST_URI -> requestUris.add(known(OpenIdTerms.requestUri(value)));
                case MAX_AGE -> maxAge = Optional.of(Long.parseLong(value));
                case ACR -> acrValues.add(known(OpenIdTerms.acrValue(value)));
                case RESPONSE -> direct.add(known(ResponseType.of(value)));
                case DETAIL -> details.add(value);
                case NOTIFIED -> notified = Optional.of(known(BackchannelTerms.notified(value)));
                case BACK_REQUESTS -> backRequests = Optional.of(known(RequestAlgorithm.of(value)));
                case USER_CODE -> userCode = value.equals(ASKED);
                case PKCE -> pkce = !value.equals(OPTIONAL);
                default -> throw new IllegalStateException("a stored term of a client is unknown");
            }
        }
        return new ClientTerms(
                        method,
                        grants,
                        redirects,
                        afterLogout,
                        pkce,
                        rules,
                        new ClientMessages(profile, answers, requests),
                        LogoutTerms.NONE,
                        new OpenIdTerms(
                                pairwise,
                                sector,
                                requestUris,
                                maxAge,
                                acrValues,
                                direct,
                                new BackchannelTerms(notified.isPresent(), notified, backRequests, userCode)))
                .detailing(Restriction.ofListed(details));
    }

    private static Map<SignedAnswer, SigningAlgorithm> answer(String value) {
        int space = value.indexOf(' ');
        return Map.of(
                known(SignedAnswer.of(value.substring(0, Math.max(0, space)))),
                known(SignedAnswer.algorithm(value.substring(space + 1))));
    }

    private static <T> T known(Optional<T> value) {
        return value.orElseThrow(() -> new IllegalStateException("a stored term of a client is unknown"));
    }
}
