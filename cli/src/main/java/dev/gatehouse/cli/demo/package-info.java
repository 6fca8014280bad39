/// The demo: a server, a sample upstream and one Api with credentials in one process, set up through the admin
/// API, and the file that says where everything is.
@NullMarked
package dev.gatehouse.cli.demo;

import org.jspecify.annotations.NullMarked;
