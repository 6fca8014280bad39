package dev.gatehouse.storage.feed;

/// One row of the node table.
///
/// @param id of the process, random
/// @param boot of its latest join, random
/// @param beat counts its beats since then
/// @param applied what it had applied when it last beat
/// @param version the newest stored format that it writes
record NodeRow(long id, long boot, long beat, Position applied, State state, long version) {
    /// What a writer has to think of a node.
    enum State {
        /// It may be serving: wait for it.
        LIVE("live"),
        /// It was silent for too long; it serves again only after joining again.
        OUT("out"),
        /// It stopped by itself.
        LEFT("left");

        private final String stored;

        State(String stored) {
            this.stored = stored;
        }

        String stored() {
            return stored;
        }

        static State of(String stored) {
            for (State state : values()) {
                if (state.stored.equals(stored)) {
                    return state;
                }
            }
            throw new IllegalStateException("a node in no known state: " + stored);
        }
    }
}
