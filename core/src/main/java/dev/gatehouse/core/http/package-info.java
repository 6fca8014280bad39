/// HTTP as plain values: the facts of a request and a reply. No HTTP server is visible here.
package dev.gatehouse.core.http;
