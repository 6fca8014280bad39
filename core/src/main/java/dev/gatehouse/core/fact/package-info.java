/// Where decisions get their facts from, and how fresh these are.
package dev.gatehouse.core.fact;
