package dev.gatehouse.cli;

/// Something that stops a command and that its user can mend. The message says what is wrong and what to do.
final class Complaint extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exit;

    private Complaint(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    static Complaint usage(String message) {
        return new Complaint(Exit.USAGE, message);
    }

    static Complaint refused(String message) {
        return new Complaint(Exit.REFUSED, message);
    }

    static Complaint noStart(String message) {
        return new Complaint(Exit.NO_START, message);
    }

    int exit() {
        return exit;
    }
}
