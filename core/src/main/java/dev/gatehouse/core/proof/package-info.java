/// From what was shown to what is known: checking API keys, client secrets and tokens, and gathering the facts
/// behind them.
package dev.gatehouse.core.proof;
