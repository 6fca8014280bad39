/// Seals over the audit trail: how rows become bytes, Merkle roots and signed statements, and the examination
/// that says what was changed, deleted, inserted or moved.
package dev.gatehouse.core.audit;
