/// Writes replies as a dialect says: what an operation gave through the endpoint's templates, refusals in the
/// shape of their path. Start at [dev.gatehouse.dialect.write.DialectWriter].
package dev.gatehouse.dialect.write;
