package dev.gatehouse.server.config;

import dev.gatehouse.core.secret.Secret;
import dev.gatehouse.server.config.NodeConfig.Mail;
import dev.gatehouse.server.config.NodeConfig.Smtp;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Reads how letters are sent.
final class MailReader {
    private MailReader() {}

    /// @param password reads the file of a key
    static Mail read(ConfigValues values, Path data, BiFunction<ConfigKey<Path>, Path, Optional<Secret>> password) {
        String from = values.get(Keys.MAIL_FROM).orElse("");
        Path folder = values.get(Keys.MAIL_FOLDER).orElse(data.resolve("mail"));
        Optional<String> host = values.get(Keys.MAIL_SMTP_HOST);
        int port = values.get(Keys.MAIL_SMTP_PORT).orElse(0);
        Smtp.Security security = values.get(Keys.MAIL_SMTP_SECURITY).orElse(Smtp.Security.STARTTLS);
        Optional<String> user = values.get(Keys.MAIL_SMTP_USER);
        Optional<Path> file = values.get(Keys.MAIL_SMTP_PASSWORD_FILE);
        if (host.isEmpty()) {
            ConfigReader.needed(
                    values,
                    Keys.MAIL_SMTP_HOST,
                    List.of(
                            Keys.MAIL_SMTP_PORT,
                            Keys.MAIL_SMTP_SECURITY,
                            Keys.MAIL_SMTP_USER,
                            Keys.MAIL_SMTP_PASSWORD_FILE));
            return new Mail(from, folder, values.get(Keys.MAIL_FOLDER).isPresent(), Optional.empty());
        }
        if (values.settings().get(Keys.MAIL_FOLDER.name()) != null) {
            values.mistake(Keys.MAIL_FOLDER.name(), "means nothing beside mail.smtp-host");
        }
        if (values.settings().get(Keys.MAIL_FROM.name()) == null) {
            values.mistake(Keys.MAIL_SMTP_HOST.name(), "mail.from is missing: whom letters come from");
        }
        if (user.isPresent() != file.isPresent()) {
            values.mistake(Keys.MAIL_SMTP_HOST.name(), "mail.smtp-user and mail.smtp-password-file go together");
        }
        if (user.isPresent() && security == Smtp.Security.NONE) {
            values.mistake(Keys.MAIL_SMTP_SECURITY.name(), "a password is not sent without TLS");
        }
        return new Mail(
                from,
                folder,
                false,
                host.map(name -> new Smtp(
                        name,
                        port,
                        security,
                        user,
                        file.flatMap(path -> password.apply(Keys.MAIL_SMTP_PASSWORD_FILE, path)))));
    }
}
