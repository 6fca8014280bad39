import org.jspecify.annotations.NullMarked;

/// YAML read strictly, with the place of everything in it.
@NullMarked
module dev.gatehouse.yaml {
    requires static org.jspecify;
    requires tools.jackson.core;
    requires tools.jackson.dataformat.yaml;

    exports dev.gatehouse.yaml;
}
