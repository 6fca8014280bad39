/// Protected Apis: how their calls are recognised, what their routes need, what their tokens look like, and the
/// one canonical spelling of a path that is both decided on and forwarded.
package dev.gatehouse.core.api;
