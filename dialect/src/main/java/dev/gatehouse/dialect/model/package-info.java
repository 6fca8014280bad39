/// A dialect as immutable values, and the closed vocabulary that it is written in: what may be sent
/// ([dev.gatehouse.dialect.model.Input]), where it may stand ([dev.gatehouse.dialect.model.Source]), what can be
/// asked ([dev.gatehouse.dialect.model.Operation]), what comes back ([dev.gatehouse.dialect.model.Output],
/// [dev.gatehouse.dialect.model.Template]) and why not ([dev.gatehouse.dialect.model.RefusalClass]).
package dev.gatehouse.dialect.model;
