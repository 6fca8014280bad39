import org.jspecify.annotations.NullMarked;

/// Wire formats as data: loader, validator, reader, writer.
@NullMarked
module dev.gatehouse.dialect {
    requires static org.jspecify;
    requires transitive dev.gatehouse.core;
    requires transitive dev.gatehouse.yaml;
    requires tools.jackson.core;

    exports dev.gatehouse.dialect.golden;
    exports dev.gatehouse.dialect.json;
    exports dev.gatehouse.dialect.load;
    exports dev.gatehouse.dialect.model;
    exports dev.gatehouse.dialect.read;
    exports dev.gatehouse.dialect.sign;
    exports dev.gatehouse.dialect.write;
}
