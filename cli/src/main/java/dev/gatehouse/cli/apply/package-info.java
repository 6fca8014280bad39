/// An installation as files: reading them strictly, comparing them with a server through its admin API, making
/// the server what they say, and writing files of what a server has. Files and server are brought into one normal
/// form, so that a difference is a difference of two JSON values.
package dev.gatehouse.cli.apply;
