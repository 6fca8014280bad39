/// Passwords: stretched with Argon2id, guessed at slowly. The only package that sees the library that has it.
package dev.gatehouse.oauth.password;
