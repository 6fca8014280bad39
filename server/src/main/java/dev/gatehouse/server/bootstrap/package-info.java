/// The first start: what an empty database receives, and the one key with which everything else is set up.
package dev.gatehouse.server.bootstrap;
