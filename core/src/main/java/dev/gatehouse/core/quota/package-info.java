/// What comes under which limit: requests are charged to the buckets of whoever makes them, after they were
/// allowed.
package dev.gatehouse.core.quota;
