/// Letters to people: by an SMTP server of the operator's, or into a folder.
package dev.gatehouse.server.mail;
