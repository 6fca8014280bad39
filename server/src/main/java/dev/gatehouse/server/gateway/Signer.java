package dev.gatehouse.server.gateway;

import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.server.http.Outcome;
import java.util.Optional;
import java.util.function.Supplier;

/// By what a call was signed.
///
/// @param header says the signature, which nobody gets from us but those that it is for
/// @param again asks for the key once more, without the call
/// @param answers signs the answer, where answers are signed
record Signer(String header, Supplier<Presented> again, Optional<Outcome.Signing> answers) {}
