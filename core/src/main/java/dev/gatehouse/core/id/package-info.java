/// Names of stored things: random 64-bit ids with a kind, and their one public spelling.
package dev.gatehouse.core.id;
