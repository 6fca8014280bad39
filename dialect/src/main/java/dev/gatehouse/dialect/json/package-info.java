/// JSON of requests and replies as plain values: texts, numbers as written, booleans, lists and maps.
package dev.gatehouse.dialect.json;
