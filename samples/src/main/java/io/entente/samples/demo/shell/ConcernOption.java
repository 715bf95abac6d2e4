package io.entente.samples.demo.shell;

import io.entente.core.mode.ReadConcern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A read concern, as on every surface. */
final class ConcernOption implements ITypeConverter<ReadConcern> {

    @Override
    public ReadConcern convert(String text) {
        try {
            return ReadConcern.parse(text);
        } catch (IllegalArgumentException none) {
            throw new TypeConversionException(none.getMessage());
        }
    }
}
