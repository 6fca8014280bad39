package dev.gatehouse.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.api.RouteTable.Match;
import dev.gatehouse.core.id.Id;
import dev.gatehouse.core.id.Kind;
import dev.gatehouse.core.right.Need;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
    private final RouteTable table = RouteTable.of(List.of(
            route(1, "/orders", "GET"),
            route(2, "/orders", "POST"),
            route(3, "/orders/{id}", "GET", "DELETE"),
            route(4, "/orders/new", "GET"),
            route(5, "/orders/{id}/items/**", "*"),
            route(6, "/files/**", "GET"),
            route(7, "/", "GET")));

    @ParameterizedTest
    @CsvSource({
        "GET, /orders, 1",
        "HEAD, /orders, 1",
        "POST, /orders, 2",
        "GET, /orders/7, 3",
        "DELETE, /orders/7, 3",
        "GET, /orders/new, 4",
        "DELETE, /orders/new, 3",
        "PATCH, /orders/7/items, 5",
        "PUT, /orders/7/items/8/9, 5",
        "GET, /files, 6",
        "GET, /files/, 6",
        "GET, /files/a/b, 6",
        "GET, /, 7"
    })
    void theMostSpecificRouteThatServesTheMethodWins(String method, String path, long id) {
        assertThat(table.match(method, path))
                .isInstanceOfSatisfying(
                        Match.Found.class,
                        found -> assertThat(found.route().id().value()).isEqualTo(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/ORDERS", "/orders/", "/orders/7/", "/orders/7/item", "/other", "/filesx", "/orders//items"})
    void pathsThatNoRouteNamesAreUnknown(String path) {
        assertThat(table.match("GET", path)).isEqualTo(new Match.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "PUT", "TRACE", "G%45T", "OPTIONS"})
    void aKnownPathWithAnotherMethodSaysWhatItTakes(String method) {
        assertThat(table.match(method, "/orders")).isEqualTo(new Match.OtherMethods(Set.of("GET", "POST")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders", "/a//b", "/a/**/b", "/a/{}", "/a/{1}", "/a/x{b}", "/a/*", "/a/../b", "/a%2fb", "/a b", ""
            })
    void malformedPatternsAreRefused(String pattern) {
        assertThat(PathPattern.parse(pattern)).isEmpty();
    }

    @Test
    void aPatternShowsTheTextThatItWasReadFrom() {
        for (String text : List.of("/", "/a", "/a/{b}/c", "/a/**", "/**")) {
            assertThat(PathPattern.parse(text).map(PathPattern::text)).hasValue(text);
        }
    }

    private static Route route(long id, String path, String... methods) {
        return new Route(
                new Id(Kind.ROUTE, id), Set.of(methods), PathPattern.parse(path).orElseThrow(), new Need.Open());
    }
}
