/// Traces of requests by OpenTelemetry, for installations that ask for them. The only package that knows its SDK;
/// where nothing is traced none of its classes is loaded. Configured by the node configuration alone, never by
/// the environment, and it speaks to nobody but the collector that is named there.
package dev.gatehouse.server.trace;
