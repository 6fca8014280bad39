/// What operators see: metrics with bounded labels and log lines without secrets.
package dev.gatehouse.server.observe;
