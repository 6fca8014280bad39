/// The one executable, `gatehouse`: starts a server, or talks to one through the client.
@NullMarked
package dev.gatehouse.cli;

import org.jspecify.annotations.NullMarked;
