/// Tells applications of logins that have ended, over the back channel: who is to be told stands in the database,
/// written by whatever ended the login; here it is sent, beside everything else.
package dev.gatehouse.server.logout;
