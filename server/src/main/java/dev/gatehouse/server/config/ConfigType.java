package dev.gatehouse.server.config;

import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.egress.Opening;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// How the text of a value is read.
///
/// @param allowed what may stand there, for messages and the reference
record ConfigType<T>(String allowed, Function<String, Optional<T>> read) {
    static final ConfigType<Boolean> FLAG = new ConfigType<>("true or false", text -> switch (text) {
        case "true" -> Optional.of(true);
        case "false" -> Optional.of(false);
        default -> Optional.empty();
    });

    static final ConfigType<Path> PATH = new ConfigType<>("a path", ConfigType::path);

    /// Paths separated by commas; in the file a list.
    static final ConfigType<List<Path>> PATHS =
            new ConfigType<>("1 to 32 paths, separated by commas", ConfigType::paths);

    /// Networks of proxies, separated by commas; in the file a list. The bounds on size and number keep any list
    /// from meaning everybody (GAUNTLET K02).
    static final ConfigType<List<AddressBlock>> PROXIES = new ConfigType<>(
            "up to 64 addresses or networks such as 10.0.0.7 or 10.0.0.0/24, none larger than a /8 of IPv4 or a /16 of"
                    + " IPv6: whoever is trusted may name any client",
            ConfigType::proxies);

    static final ConfigType<String> TEXT = new ConfigType<>(
            "1 to 200 characters without control characters",
            text -> text.isEmpty() || text.length() > 200 || text.chars().anyMatch(Character::isISOControl)
                    ? Optional.empty()
                    : Optional.of(text));

    static final ConfigType<String> CERTIFICATE_HEADER = new ConfigType<>(
            "the name of a header with `cert` in it, such as Client-Cert or X-SSL-Client-Cert",
            text -> text.matches("[A-Za-z][A-Za-z0-9-]{2,63}")
                            && text.toLowerCase(Locale.ROOT).contains("cert")
                    ? Optional.of(text)
                    : Optional.empty());

    static final ConfigType<Secret> SECRET = new ConfigType<>(
            "1 to 1000 characters",
            text -> text.isEmpty() || text.length() > 1000 ? Optional.empty() : Optional.of(Secret.of(text)));

    /// A numeric address, so that no name is looked up to decide whether it is loopback.
    static final ConfigType<InetAddress> ADDRESS =
            new ConfigType<>("a numeric IPv4 or IPv6 address, such as 127.0.0.1 or ::1", AddressBlock::numeric);

    static final ConfigType<String> DATABASE_URL =
            new ConfigType<>("jdbc:postgresql://HOST:PORT/NAME without user and password", ConfigType::databaseUrl);

    static final ConfigType<Double> RATIO = new ConfigType<>(
            "a number from 0 to 1 with at most 6 decimals",
            text -> text.matches("0|1|[01]\\.0{1,6}|0\\.[0-9]{1,6}")
                    ? Optional.of(Double.parseDouble(text))
                    : Optional.empty());

    static final ConfigType<URI> COLLECTOR =
            new ConfigType<>("http://HOST:PORT/PATH or https, without user and query", ConfigType::collector);

    /// A name and an address, or an address.
    static final ConfigType<String> SENDER = new ConfigType<>(
            "an address such as accounts@shop.example or Shop <accounts@shop.example>, in ASCII",
            text -> text.matches("([A-Za-z0-9 .'-]{1,60} <)?[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,180}>?")
                            && text.contains("<") == text.endsWith(">")
                    ? Optional.of(text)
                    : Optional.empty());

    /// Places, separated by commas; in the file a list.
    static final ConfigType<List<NodeConfig.Allowed>> ALLOWED = new ConfigType<>(
            "up to 64 of HOST:PORT, https://HOST:PORT or http://HOST:PORT, each with a space and a PEM file behind it"
                    + " where one certificate is trusted; separated by commas",
            ConfigType::allowed);

    /// A colour that text can be read in on a background, or the other way round (WCAG 2.2, 1.4.3).
    static ConfigType<Colour> colour(String background, Colour on) {
        return new ConfigType<>(
                "a colour such as #1d5bbf whose contrast to " + background + " is 4.5 or more",
                text -> Colour.parse(text).filter(colour -> colour.contrast(on) >= Colour.READABLE));
    }

    static ConfigType<Integer> number(int least, int most) {
        return new ConfigType<>(
                "a whole number from " + least + " to " + most,
                text -> text.matches("0|[1-9][0-9]{0,8}")
                        ? Optional.of(Integer.parseInt(text)).filter(n -> n >= least && n <= most)
                        : Optional.empty());
    }

    static ConfigType<Long> size(long least, long most) {
        return new ConfigType<>(
                "a whole number from " + least + " to " + most,
                text -> text.matches("0|[1-9][0-9]{0,17}")
                        ? Optional.of(Long.parseLong(text)).filter(n -> n >= least && n <= most)
                        : Optional.empty());
    }

    static <E extends Enum<E>> ConfigType<E> oneOf(Class<E> type) {
        E[] values = type.getEnumConstants();
        String allowed =
                String.join(" or ", Arrays.stream(values).map(ConfigType::word).toList());
        return new ConfigType<>(
                allowed,
                text -> Arrays.stream(values)
                        .filter(value -> word(value).equals(text))
                        .findFirst());
    }

    /// The spelling of an enum constant in files.
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<List<Path>> paths(String text) {
        List<Path> paths = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .flatMap(one -> path(one).stream())
                .toList();
        return paths.size() == text.split(",", -1).length && paths.size() <= 32 ? Optional.of(paths) : Optional.empty();
    }

    private static Optional<List<AddressBlock>> proxies(String text) {
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        List<AddressBlock> blocks = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .flatMap(one -> AddressBlock.parse(one).stream())
                .filter(block -> block.prefix() >= (block.isIpv6() ? 16 : 8))
                .toList();
        return blocks.size() == text.split(",", -1).length && blocks.size() <= 64
                ? Optional.of(blocks)
                : Optional.empty();
    }

    private static Optional<List<NodeConfig.Allowed>> allowed(String text) {
        if (text.isEmpty()) {
            return Optional.of(List.of());
        }
        List<String> items =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        List<NodeConfig.Allowed> allowed =
                items.stream().flatMap(one -> allowedAt(one).stream()).toList();
        return allowed.size() == items.size() && items.size() <= 64 ? Optional.of(allowed) : Optional.empty();
    }

    private static Optional<NodeConfig.Allowed> allowedAt(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            return Opening.parse(text).map(opening -> new NodeConfig.Allowed(opening, Optional.empty()));
        }
        return path(text.substring(space + 1).strip())
                .flatMap(file -> Opening.parse(text.substring(0, space))
                        .filter(Opening::tls)
                        .map(opening -> new NodeConfig.Allowed(opening, Optional.of(file))));
    }

    private static Optional<URI> collector(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            return http && plain && uri.getHost() != null && uri.getRawPath().length() > 1 && text.length() <= 500
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> databaseUrl(String text) {
        if (!text.startsWith("jdbc:postgresql://") || text.length() > 500) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.substring("jdbc:".length()));
            String query = Optional.ofNullable(uri.getRawQuery()).orElse("").toLowerCase(Locale.ROOT);
            boolean named = uri.getRawUserInfo() != null || query.contains("password") || query.contains("user=");
            return named || uri.getRawPath() == null || uri.getRawPath().length() < 2
                    ? Optional.empty()
                    : Optional.of(text);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
