package dev.gatehouse.connect.refresh;

import dev.gatehouse.connect.platform.Loaded;
import dev.gatehouse.connect.platform.Platform;
import dev.gatehouse.connect.platform.PlatformLoader;
import dev.gatehouse.core.net.AddressBlock;
import dev.gatehouse.egress.Egress;
import dev.gatehouse.egress.EgressListener;
import dev.gatehouse.egress.Limits;
import dev.gatehouse.egress.Opening;
import dev.gatehouse.testkit.FakePlatform;
import java.util.List;
import java.util.Optional;

/// The fake platform as the engine sees it.
final class Fakes {
    private Fakes() {}

    /// Its entry in the catalogue.
    static Platform entry(FakePlatform platform) {
        return switch (PlatformLoader.load("Fake.yaml", platform.file())) {
            case Loaded.Good(Platform good) -> good;
            case Loaded.Wrong(var mistakes) -> throw new AssertionError(mistakes.toString());
        };
    }

    /// A client that reaches nobody else.
    static Egress egress(FakePlatform platform) {
        return new Egress(
                List.of(new Opening(true, FakePlatform.HOST, platform.port(), Optional.of(platform.certificate()))),
                Limits.DEFAULT,
                _ -> List.of(AddressBlock.numeric("127.0.0.1").orElseThrow()),
                System::nanoTime,
                EgressListener.NONE);
    }
}
