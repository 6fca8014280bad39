package dev.gatehouse.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.client.AdminClient;
import dev.gatehouse.client.Json;
import dev.gatehouse.client.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `gatehouse api ...`.
@Command(
        name = "api",
        description = "Apis: what is protected, with its scopes, routes, token policy and upstream.",
        footerHeading = "%nExamples:%n",
        footer = {"  gatehouse api list", "  gatehouse api get api_2k7d0m4x9w1vh", "  gatehouse api create orders.json"
        },
        subcommands = {
            ApiCommand.List.class,
            ApiCommand.Create.class,
            ApiCommand.Replace.class,
            MemberCommands.Get.class,
            MemberCommands.Delete.class
        })
final class ApiCommand {
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    @Command(name = "list", description = "All Apis of the installation.")
    static final class List extends AdminCommand {
        @Mixin
        NamedPaging paging = new NamedPaging();

        @Override
        void ask(AdminClient client) {
            paging.print(client::apis, api -> api.json(), output, "id", "name", "issuer", "upstream");
        }
    }

    @Command(name = "create", description = "Create an Api from a JSON file, as the admin API documents it.")
    static final class Create extends AdminCommand {
        @Parameters(paramLabel = "FILE", description = "a JSON object; - for standard input")
        String file = "";

        @Override
        void ask(AdminClient client) {
            output.one(client.createApi(read(Terminal.of(output.mixee), file)).json());
        }
    }

    @Command(
            name = "replace",
            description =
                    "Replace an Api by a JSON file with its `version`, as `get -o json` shows it; what the file leaves"
                            + " out is gone.")
    static final class Replace extends AdminCommand {
        @Parameters(paramLabel = "ID", description = "the public id: api_...")
        String id = "";

        @Parameters(paramLabel = "FILE", description = "a JSON object; - for standard input")
        String file = "";

        @Override
        void ask(AdminClient client) {
            output.one(client.replace(
                    id, read(Terminal.of(output.mixee), file).without("id").without("name")));
        }
    }

    private static Json.Obj read(Terminal terminal, String file) {
        try (var in = file.equals("-") ? terminal.in() : Files.newInputStream(Path.of(file))) {
            if (Json.parse(new String(in.readNBytes(MAX_BYTES), UTF_8)) instanceof Json.Obj object) {
                return object;
            }
            throw Complaint.usage(file + " is not a JSON object");
        } catch (NoSuchFileException e) {
            throw Complaint.usage("there is no file " + file);
        } catch (IOException e) {
            throw Complaint.usage("cannot read " + file + " (" + e.getClass().getSimpleName() + ")");
        } catch (JsonException e) {
            throw Complaint.usage(file + " is not JSON: " + e.getMessage());
        }
    }
}
