/// What is made of the private keys of customers: assertions that they sign, and who a connection to a platform is
/// from. A key that fits nothing is told before it is stored.
package dev.gatehouse.connect.key;
