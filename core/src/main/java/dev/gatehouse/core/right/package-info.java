/// What may be done: scopes and their catalogue at one Api, rights across Apis, roles, what a route needs, and
/// restrictions (a type of their own, because an empty right means nothing while an absent restriction means no
/// limit).
package dev.gatehouse.core.right;
