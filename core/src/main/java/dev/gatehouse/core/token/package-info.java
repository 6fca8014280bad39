/// Access tokens as facts: their claims and the lineage by which holding, cutting or revoking any ancestor ends
/// them at once.
package dev.gatehouse.core.token;
