/// The one decision. Every path that mints, introspects, proxies or verifies proves what was presented, gathers
/// facts, and calls [dev.gatehouse.core.decide.Decision#decide]; nothing else allows anything.
package dev.gatehouse.core.decide;
