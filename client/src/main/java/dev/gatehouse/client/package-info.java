/// The Java SDK: gets tokens and verifies requests. Uses the JDK alone, no other module.
@NullMarked
package dev.gatehouse.client;

import org.jspecify.annotations.NullMarked;
