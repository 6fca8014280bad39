/// Tells servers of others what has happened: what is to be told stands in the database, written by what made it
/// happen; here it is sent, beside everything else, again and again within bounds, by whichever node comes first.
package dev.gatehouse.server.notice;
