import org.jspecify.annotations.NullMarked;

/// Nouns, decisions, lineage, credential formats and store interfaces.
@NullMarked
module dev.gatehouse.core {
    requires static org.jspecify;
}
