/// The members of an installation: organizations in a tree, their applications, users and the memberships that
/// these have, the credentials that prove them, the customers that they act for, and where each of them stands
/// (holds, revocation, window, generation).
package dev.gatehouse.core.member;
