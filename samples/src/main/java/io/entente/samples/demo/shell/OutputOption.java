package io.entente.samples.demo.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code -o json}: what a command shows, as one JSON document on one line, for programs. */
final class OutputOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            converter = FormName.class,
            description = "table for people, or json for programs: one document on one line")
    private Form form = Form.TABLE;

    /** In which form. */
    enum Form {
        TABLE,
        JSON
    }

    boolean isJson() {
        return form == Form.JSON;
    }

    /** Prints a document. */
    static void print(ShellContext context, JsonNode document) {
        context.out().println(document);
        context.out().flush();
    }

    /** Understands the form's name. */
    static final class FormName implements ITypeConverter<Form> {
        @Override
        public Form convert(String text) {
            try {
                return Form.valueOf(text.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException("'" + text + "' is no form of output: write table or json");
            }
        }
    }
}
