package dev.gatehouse.connect.refresh;

import dev.gatehouse.core.secret.Secret;

/// Who the operator is at a platform: the client that it registered there.
public record PlatformClient(String id, Secret secret) {}
