/// The admin API: strict JSON in, one table of operations, replies with whole nouns out. What a noun's members
/// are called and how they are read and shown is one table of attributes for each noun; what a caller sees ends
/// at its own organization, what it hands out ends at its own rights.
package dev.gatehouse.server.admin;
