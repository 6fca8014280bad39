/// What a node is: its data folder, database, listeners and limits, from one YAML file, the environment and
/// flags. One table of keys decides what may be said; everything a verdict depends on is data, not configuration.
package dev.gatehouse.server.config;
