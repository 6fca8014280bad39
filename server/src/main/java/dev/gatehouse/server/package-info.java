/// The HTTP boundary, the gateway, the admin API, the console, the configuration, and the one place where all
/// parts are put together.
@NullMarked
package dev.gatehouse.server;

import org.jspecify.annotations.NullMarked;
