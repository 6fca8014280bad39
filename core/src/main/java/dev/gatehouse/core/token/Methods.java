package dev.gatehouse.core.token;

import java.util.List;

/// What somebody signed in with, in words of RFC 8176.
public final class Methods {
    private static final String SEVERAL = "mfa";

    private Methods() {}

    /// Whether that is more than one factor.
    public static boolean several(List<String> methods) {
        return methods.contains(SEVERAL);
    }
}
