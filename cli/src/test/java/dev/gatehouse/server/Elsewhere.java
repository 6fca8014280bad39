package dev.gatehouse.server;

/// Something in a module that core may not use.
public interface Elsewhere {}
