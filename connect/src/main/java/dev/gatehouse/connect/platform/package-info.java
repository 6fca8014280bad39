/// The catalogue of platforms as data: what a connection to each needs, how its tokens are obtained and renewed,
/// and how its credentials are put on a call. One YAML file a platform, checked whole before it is used, without
/// a line of Java of its own.
package dev.gatehouse.connect.platform;
