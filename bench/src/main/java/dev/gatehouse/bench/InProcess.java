package dev.gatehouse.bench;

import dev.gatehouse.core.api.Api;
import dev.gatehouse.core.decide.Ask;
import dev.gatehouse.core.decide.Verdict;
import dev.gatehouse.core.fact.FactSource;
import dev.gatehouse.core.proof.Checked;
import dev.gatehouse.core.proof.Misses;
import dev.gatehouse.core.proof.Presented;
import dev.gatehouse.core.proof.Prover;
import dev.gatehouse.core.proof.Verifier;
import dev.gatehouse.core.right.Need;
import dev.gatehouse.core.right.Scopes;
import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.core.store.Store;
import dev.gatehouse.oauth.custody.Custody;
import dev.gatehouse.oauth.jose.CryptoProviders;
import dev.gatehouse.oauth.keys.Keys;
import dev.gatehouse.oauth.token.Minted;
import dev.gatehouse.oauth.token.Minter;
import dev.gatehouse.oauth.token.Subjects;
import dev.gatehouse.oauth.token.TokenFormats;
import dev.gatehouse.storage.Storage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Verifying and minting without HTTP, on the data that a node left: the same objects as in a node, in the same
/// order, on SQLite.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open() first
public class InProcess {
    private Verifier verifier;
    private Minter minter;
    private Store store;
    private Api sealed;
    private Api jwt;
    private Ask call;
    private Ask mint;
    private Presented key;
    private Presented client;
    private Presented sealedToken;
    private Presented jwtToken;
    private Signature signature;

    /// Opens what a node would, and makes one token of each format.
    @Setup
    public void open() throws GeneralSecurityException {
        Path data = Path.of(System.getProperty("gatehouse.bench.data"));
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        Custody custody = Custody.open(data.resolve("gatehouse.keys"), false, random);
        store = new Storage(custody.auditMac(), random, clock, System::nanoTime).sqlite(data);
        FactSource facts = store.facts();
        Keys keys = new Keys(store.keys(), custody, CryptoProviders.choose(), random, clock);
        keys.start(facts.apis());
        TokenFormats formats = new TokenFormats(keys, clock, 20_000);
        Misses misses = new Misses(System::nanoTime, random);
        verifier =
                new Verifier(new Prover(facts, custody.checkKeys(), custody.pepper(), formats, misses), facts, clock);
        minter = new Minter(formats, keys, new Subjects(custody.subjects()), clock, random);
        sealed = api(facts, "sealed");
        jwt = api(facts, "jwt");
        InetAddress from = InetAddress.getLoopbackAddress();
        call = new Ask.Call(new Need.AllOf(Scopes.of("orders:read")), from);
        mint = new Ask.Mint(Optional.empty(), from);
        key = new Presented.Key(Secret.of(System.getProperty("gatehouse.bench.key")));
        client = new Presented.Client(Installation.CLIENT, Secret.of(System.getProperty("gatehouse.bench.secret")));
        allowed(verifier.verifyLoading(key, sealed, call, System.nanoTime()));
        Verdict.Allowed mintSealed = allowed(verifier.verifyLoading(client, sealed, mint, System.nanoTime()));
        Verdict.Allowed mintJwt = allowed(verifier.verifyLoading(client, jwt, mint, System.nanoTime()));
        sealedToken = token(minter.mint(mintSealed));
        jwtToken = token(minter.mint(mintJwt));
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = pairs.generateKeyPair();
        String algorithm = "SHA256withECDSAinP1363Format";
        Optional<Provider> corretto = CryptoProviders.choose().corretto();
        signature = corretto.isPresent()
                ? Signature.getInstance(algorithm, corretto.get())
                : Signature.getInstance(algorithm);
        signature.initSign(pair.getPrivate());
    }

    private static Api api(FactSource facts, String name) {
        return facts.apis().stream()
                .filter(api -> api.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Presented token(Minted minted) {
        if (minted instanceof Minted.Token(Secret text, var _)) {
            return new Presented.Token(text);
        }
        throw new IllegalStateException("not minted: " + minted);
    }

    private static Verdict.Allowed allowed(Checked checked) {
        if (checked instanceof Checked.Allowed(Verdict.Allowed verdict)) {
            return verdict;
        }
        throw new IllegalStateException("not allowed: " + checked);
    }

    @TearDown
    public void close() {
        store.close();
    }

    @Benchmark
    public Verdict.Allowed verifyApiKey() {
        return allowed(verifier.verify(key, sealed, call, System.nanoTime()));
    }

    @Benchmark
    public Verdict.Allowed verifySealedToken() {
        return allowed(verifier.verify(sealedToken, sealed, call, System.nanoTime()));
    }

    @Benchmark
    public Verdict.Allowed verifyJwt() {
        return allowed(verifier.verify(jwtToken, jwt, call, System.nanoTime()));
    }

    @Benchmark
    public Minted mintSealedToken() {
        return minter.mint(allowed(verifier.verify(client, sealed, mint, System.nanoTime())));
    }

    @Benchmark
    public Minted mintJwt() {
        return minter.mint(allowed(verifier.verify(client, jwt, mint, System.nanoTime())));
    }

    @Benchmark
    public byte[] bareSignatureES256() throws GeneralSecurityException {
        signature.update("what a token says".getBytes(StandardCharsets.US_ASCII));
        return signature.sign();
    }
}
