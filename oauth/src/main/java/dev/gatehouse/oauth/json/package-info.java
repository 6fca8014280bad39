/// JSON as far as tokens and the key file need it: a strict, bounded reader whose failure is a value, and a writer
/// of strings.
package dev.gatehouse.oauth.json;
