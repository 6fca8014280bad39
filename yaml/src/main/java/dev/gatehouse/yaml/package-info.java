/// YAML read strictly, each value with its line and column, and the mistakes found in it: all at once, each with
/// its place, what is wrong and what is allowed there.
package dev.gatehouse.yaml;
