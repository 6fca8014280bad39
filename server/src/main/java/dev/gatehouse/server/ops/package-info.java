/// What a process supervisor, a load balancer and a metrics scraper ask of a node: `/livez`, `/readyz`, `/metrics`.
package dev.gatehouse.server.ops;
