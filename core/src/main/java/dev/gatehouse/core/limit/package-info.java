/// How often something may be done: rates, and the buckets that keep them in bounded memory. Knows neither
/// requests nor members; what comes under which bucket is said in [dev.gatehouse.core.quota].
package dev.gatehouse.core.limit;
