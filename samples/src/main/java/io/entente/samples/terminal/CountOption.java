package io.entente.samples.terminal;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number from 1 to 1,000,000,000; underscores and commas may group its digits. */
public final class CountOption implements ITypeConverter<Integer> {

    private static final int HIGHEST = 1_000_000_000;

    @Override
    public Integer convert(String text) {
        String digits = text.replaceAll("(?<=[0-9])[_,](?=[0-9])", "");
        if (digits.matches("[0-9]{1,10}") && Long.parseLong(digits) >= 1 && Long.parseLong(digits) <= HIGHEST) {
            return Integer.valueOf(digits);
        }
        throw new TypeConversionException("'" + text + "' is no count: give a number from 1 to " + HIGHEST);
    }
}
