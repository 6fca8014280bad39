/// The doctor: looks at everything a node needs without starting it or changing anything, and says what is wrong
/// and what to do.
package dev.gatehouse.server.doctor;
