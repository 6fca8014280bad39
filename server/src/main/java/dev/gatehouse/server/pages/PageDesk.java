package dev.gatehouse.server.pages;

import dev.gatehouse.core.fact.FactsUnavailable;
import dev.gatehouse.core.proof.NewPasswords;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.secret.HmacSha256;
import dev.gatehouse.core.session.Sessions;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.core.store.Stored;
import dev.gatehouse.oauth.authorize.AuthorizeEndpoint;
import dev.gatehouse.oauth.authorize.DeviceQuestions;
import dev.gatehouse.oauth.authorize.LogoutEndpoint;
import dev.gatehouse.oauth.factor.SecondFactors;
import dev.gatehouse.oauth.passkey.Devices;
import dev.gatehouse.oauth.password.RequestCodes;
import dev.gatehouse.oauth.token.Subjects;
import dev.gatehouse.server.connect.ConnectFlow;
import dev.gatehouse.server.federation.FederationFlow;
import dev.gatehouse.server.gateway.Later;
import dev.gatehouse.server.gateway.Meetings;
import dev.gatehouse.server.observe.Observations;
import java.util.random.RandomGenerator;

/// What serving pages takes.
///
/// @param subjects what applications know users and logins as
/// @param key for forms, one of the installation
/// @param random a secure one, names browsers
public record PageDesk(
        Store store,
        Verifier verifier,
        Sessions sessions,
        SecondFactors factors,
        NewPasswords passwords,
        RequestCodes requestCodes,
        Devices passkeys,
        AuthorizeEndpoint authorize,
        LogoutEndpoint logout,
        DeviceQuestions devices,
        Subjects subjects,
        ConnectFlow connect,
        FederationFlow federation,
        Later later,
        Meetings meetings,
        Observations observations,
        HmacSha256 key,
        RandomGenerator random) {
    /// What was ended has ended, now or before.
    ///
    /// @throws FactsUnavailable when it has not
    void ended(Stored<?> stored) {
        switch (stored) {
            case Stored.Done<?> _, Stored.Missing<?> _ -> {}
            case Stored.Conflict<?> _, Stored.Moved<?> _, Stored.Full<?> _, Stored.Forbidden<?> _ ->
                throw new FactsUnavailable("what was to end goes on");
        }
    }
}
