/// The CORS protocol (Fetch standard, section 3.2) done for the provider: which pages may read the answers of an
/// Api, told to browsers before any credential is known. It decides nothing about credentials; those of pages are
/// bound to their origins by [dev.gatehouse.core.decide.Decision].
package dev.gatehouse.server.cors;
