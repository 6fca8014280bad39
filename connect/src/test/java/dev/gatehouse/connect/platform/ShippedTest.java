package dev.gatehouse.connect.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.core.member.ConnectionKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The platforms that come with Gatehouse.
class ShippedTest {
    /// The values of `type` in Data2CRM.API's own description of itself.
    private static final List<String> DATA2CRM = List.of(
            ("Bitrix24 MicrosoftDynamics Vtiger ZohoCRM Salesforce SalesforceSandbox Solve360 Highrise Insightly HubSpot"
                            + " PipelineDeals SugarCRM SuiteCRM CapsuleCRM Pipedrive Infusionsoft CloseIO BaseCRM Act"
                            + " AgileCRM ProsperWorks FreshSales Odoo GSuite ActPremiumWeb Marketo AmoCRM")
                    .split(" "));

    static List<String> types() {
        return Catalogue.shippedTypes();
    }

    static List<Platform> platforms() {
        return Catalogue.shipped().platforms();
    }

    @ParameterizedTest
    @MethodSource("types")
    void fileHasNoMistake(String type) {
        assertThat(PlatformLoader.load(
                        type + ".yaml", Catalogue.shippedText(type).orElseThrow()))
                .isInstanceOfSatisfying(
                        Loaded.Good.class,
                        good -> assertThat(good.platform().type()).isEqualTo(type));
    }

    @Test
    void everyTypeOfData2CrmIsThere() {
        assertThat(types()).containsAll(DATA2CRM).doesNotHaveDuplicates().isSorted();
    }

    /// With the examples of its fields each way gives an address at one of the platform's hosts, and its
    /// credential is on the call.
    @ParameterizedTest
    @MethodSource("platforms")
    void examplesMakeACall(Platform platform) {
        platform.ways().forEach((kind, way) -> {
            Map<String, String> values = new HashMap<>();
            way.fields()
                    .forEach(field -> values.put(field.name(), field.example().orElse("x")));
            assertThat(way.base().fill(values)).hasValueSatisfying(base -> {
                assertThat(base).startsWith("https://");
                String host = base.substring("https://".length()).replaceFirst("/.*", "");
                assertThat(platform.hosts()).anyMatch(pattern -> pattern.matches(host));
            });
            assertThat(way.puts().isEmpty() && kind != ConnectionKind.KEY && !way.identified())
                    .as("a %s that is put nowhere", kind)
                    .isFalse();
            if (way.grant().isPresent()) {
                Template token =
                        way.token().orElse(platform.oauth().orElseThrow().token());
                assertThat(token.fill(values)).isPresent();
            }
        });
    }
}
