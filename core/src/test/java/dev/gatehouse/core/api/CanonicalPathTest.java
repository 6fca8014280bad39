package dev.gatehouse.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GAUNTLET K03: a path has one spelling or is refused.
class CanonicalPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "/a/",
                "/a/b.c",
                "/a/...",
                "/a/.b",
                "/a/b..",
                "/~user/-_.~!$&'()*+,=:@",
                "/caf%C3%A9",
                "/%E2%82%AC",
                "/%F0%9F%98%80",
                "/a%20b",
                "/a%22b",
                "/a%7Cb",
                "/%5Bx%5D"
            })
    void canonical(String path) {
        assertThat(CanonicalPath.isCanonical(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "*",
                "http://x/a",
                "//a",
                "/a//b",
                "/./a",
                "/a/.",
                "/..",
                "/a/../b",
                "/a/..;/b",
                "/a;x=1",
                "/a\\b",
                "/%2e%2e/a",
                "/%2E%2E/a",
                "/a%2fb",
                "/a%2Fb",
                "/a%5cb",
                "/a%5Cb",
                "/a%00",
                "/a%0A",
                "/a%7F",
                "/%252e",
                "/%25",
                "/a%3Bb",
                "/a%23b",
                "/a%3Fb",
                "/%41",
                "/%7E",
                "/%c3%a9",
                "/%C3",
                "/%C3%28",
                "/%C0%AE",
                "/%E0%80%AE",
                "/%ED%A0%80",
                "/%F4%90%80%80",
                "/%F8%80%80%80%80",
                "/%C2%85",
                "/a%",
                "/a%2",
                "/a%zz",
                "/a b",
                "/a\tb",
                "/a\u0000",
                "/é",
                "/a?b",
                "/a#b",
                "/a\"b",
                "/a<b",
                "/a|b",
                "/[x]",
                "/{x}",
                "/a`b",
                "/a^b"
            })
    void ambiguous(String path) {
        assertThat(CanonicalPath.isCanonical(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 4097})
    void boundedLength(int length) {
        assertThat(CanonicalPath.isCanonical("/" + "a".repeat(length - 1))).isEqualTo(length == 4096);
    }
}
