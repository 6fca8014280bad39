/// Network addresses as numbers: blocks in CIDR notation. Nothing here looks up a name.
package dev.gatehouse.core.net;
