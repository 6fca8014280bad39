package dev.gatehouse.core.proof;

import dev.gatehouse.core.decide.Facts;
import dev.gatehouse.core.decide.Refusal;
import dev.gatehouse.core.decide.Selection;

/// What proving gave.
public sealed interface Proof {
    /// The proof holds; these are the facts to decide on.
    ///
    /// @param selection whom the request is for
    record Proven(Facts facts, Selection selection) implements Proof {
        /// Of one that says nothing of that.
        public Proven(Facts facts) {
            this(facts, new Selection.None());
        }
    }

    /// The proof does not hold.
    record Refused(Refusal refusal) implements Proof {
        /// What anybody could have made up.
        static Proof bad(String why) {
            return new Refused(new Refusal.BadCredential(why));
        }

        /// What nobody can have made up.
        static Proof genuine(String why) {
            return new Refused(new Refusal.BadCredential(why, true));
        }
    }

    /// Facts are missing from memory: prove again on a thread that may block.
    record Cold() implements Proof {}
}
