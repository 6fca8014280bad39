/// Secrets that are told again where an Api wants that: encrypted copies of them, read by key custody only.
package dev.gatehouse.server.reveal;
