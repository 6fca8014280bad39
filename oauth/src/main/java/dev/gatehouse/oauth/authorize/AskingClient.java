package dev.gatehouse.oauth.authorize;

import dev.gatehouse.core.id.Id;

/// What a page may say of the client that asks. Its name is its organization's own choice and proves nothing.
public record AskingClient(Id application, String clientId, String name) {}
