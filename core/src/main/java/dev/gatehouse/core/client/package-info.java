/// What an application may do as a client of OAuth: how it authenticates, which grants it uses, where answers to
/// it go.
package dev.gatehouse.core.client;
