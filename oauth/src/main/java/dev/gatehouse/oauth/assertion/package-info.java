/// The signed assertion that an upstream gets with each forwarded call: who calls, with which rights, for which
/// route.
package dev.gatehouse.oauth.assertion;
