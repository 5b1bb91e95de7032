package org.caravan.sandbox.redshift.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The stand-in's self-signed certificate, made once for each data directory, and the TLS side of a connection. */
public final class Tls {
    private static final String PASSWORD = "stand-in";

    private final Path caFile;
    private final SSLContext context;

    private Tls(Path caFile, SSLContext context) {
        this.caFile = caFile;
        this.context = context;
    }

    /** Opens the key pair in the directory, or lets the JDK's keytool make one. */
    public static Tls in(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path keys = directory.resolve("tls.p12");
        Path certificate = directory.resolve("ca.pem");
        Files.createDirectories(directory);
        if (!Files.exists(keys) || !Files.exists(certificate)) {
            Files.deleteIfExists(keys);
            keytool(List.of(
                    "-genkeypair",
                    "-alias",
                    "stand-in",
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-validity",
                    "3650",
                    "-dname",
                    "CN=localhost, O=Caravan sandbox",
                    "-ext",
                    "SAN=dns:localhost,ip:127.0.0.1",
                    "-ext",
                    "BC=ca:true",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    keys.toString(),
                    "-storepass",
                    PASSWORD));
            keytool(List.of(
                    "-exportcert",
                    "-rfc",
                    "-alias",
                    "stand-in",
                    "-file",
                    certificate.toString(),
                    "-keystore",
                    keys.toString(),
                    "-storepass",
                    PASSWORD));
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new Tls(certificate, context);
    }

    private static void keytool(List<String> arguments) throws IOException, InterruptedException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command =
                new java.util.ArrayList<>(List.of(keytool.toString(), "-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + output.strip());
        }
    }

    public Path caFile() {
        return caFile;
    }

    /** The server's side of TLS over a connection; closing it closes the connection. */
    public SSLSocket over(Socket socket) throws IOException {
        SSLSocket secure = (SSLSocket) context.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }
}
