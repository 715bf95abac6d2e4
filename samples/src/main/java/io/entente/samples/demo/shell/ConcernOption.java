package io.entente.samples.demo.shell;

import io.entente.core.mode.ReadConcern;
import io.entente.core.mode.WriteConcern;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Concerns, as on every surface. */
final class ConcernOption {

    private ConcernOption() {}

    /** A read concern. */
    static final class OfReads implements ITypeConverter<ReadConcern> {
        @Override
        public ReadConcern convert(String text) {
            return parsed(text, ReadConcern::parse);
        }
    }

    /** A write concern. */
    static final class OfWrites implements ITypeConverter<WriteConcern> {
        @Override
        public WriteConcern convert(String text) {
            return parsed(text, WriteConcern::parse);
        }
    }

    private static <C> C parsed(String text, Function<String, C> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException none) {
            throw new TypeConversionException(none.getMessage());
        }
    }
}
