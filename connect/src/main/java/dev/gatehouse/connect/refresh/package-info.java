/// Credentials of connections, kept alive: who needs one gets one that counts, and however many ask on however
/// many nodes, the platform is asked once. What it answered is written down before it is used; what got lost is
/// noticed.
package dev.gatehouse.connect.refresh;
