/// Loads dialect files: from YAML to [dev.gatehouse.dialect.model.Dialect], or to everything that is wrong with
/// the file. The keys stand in one table ([dev.gatehouse.dialect.load.Section]), which the reference is written
/// from too.
package dev.gatehouse.dialect.load;
