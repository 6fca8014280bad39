package dev.gatehouse.oauth.authorize;

/// A pushed request as it is kept: its parameters, and whether the client signed them. No parameters have a
/// space in them, so nothing that was not signed reads as if it had been.
record KeptRequest(boolean signed, String parameters) {
    private static final String SIGNED = "signed ";

    static KeptRequest read(String text) {
        boolean signed = text.startsWith(SIGNED);
        return new KeptRequest(signed, signed ? text.substring(SIGNED.length()) : text);
    }

    String text() {
        return signed ? SIGNED + parameters : parameters;
    }
}
