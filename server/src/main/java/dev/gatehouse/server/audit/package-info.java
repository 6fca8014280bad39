/// The sealer of the audit trail: the loop of a node, its key and its metrics. What a seal is stands in
/// `core.audit`.
package dev.gatehouse.server.audit;
