/// Logins that stay open: opened from an allowed verdict, known by an opaque string, closed by whoever holds it.
package dev.gatehouse.core.session;
