package dev.gatehouse.core.store;

/// What text a store takes for names. Compared exactly, code unit by code unit: no folding, no trimming, no
/// normalisation.
public final class Text {
    /// The longest name and `client_id`.
    public static final int MAX_NAME = 200;

    private Text() {}

    /// Whether a name can be stored: 1 to [#MAX_NAME] characters, no control characters, no halves of surrogate
    /// pairs, no blanks at either end.
    public static boolean name(String text) {
        return !text.isEmpty() && text.length() <= MAX_NAME && text.strip().equals(text) && wellFormed(text);
    }

    /// Whether a description can be stored: nothing or at most so many characters, none of them a control.
    public static boolean description(String text, int most) {
        return text.length() <= most && wellFormed(text);
    }

    /// Whether it has neither control characters nor halves of surrogate pairs.
    public static boolean wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The name itself.
    ///
    /// @throws IllegalArgumentException when it is not one; callers check what strangers send before
    public static String requireName(String text) {
        if (!name(text)) {
            throw new IllegalArgumentException("a name has 1 to " + MAX_NAME + " characters, none of them a control");
        }
        return text;
    }
}
