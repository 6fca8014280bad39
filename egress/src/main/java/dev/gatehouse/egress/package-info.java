/// Every request that Gatehouse makes to somebody else's server. A name is looked up once, every address that it
/// has is checked, and the connection goes to an address that was checked; what the operator opens on purpose is
/// a list. What is answered is read strictly and bounded. Whatever goes wrong is a value that names no address.
package dev.gatehouse.egress;
