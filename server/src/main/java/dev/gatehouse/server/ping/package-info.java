/// Tells clients that a person has answered what they sent in a back channel: who is to be told, and with what,
/// stands in the database, written by the answer; here it is sent, beside everything else.
package dev.gatehouse.server.ping;
