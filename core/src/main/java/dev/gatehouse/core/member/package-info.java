/// The members of an installation: organizations in a tree, their applications, the credentials that prove these,
/// the customers that these act for, and where each of them stands (holds, revocation, window, generation).
package dev.gatehouse.core.member;
