/// Reads requests as a dialect says: which endpoint is meant, and what is presented. A presentation is one
/// declared set of inputs, whole and alone; everything else is a refusal that says why. Start at
/// [dev.gatehouse.dialect.read.DialectReader].
package dev.gatehouse.dialect.read;
