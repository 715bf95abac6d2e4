package io.entente.cluster.resolve;

/** What a merge of texts makes of lines that were changed differently on several sides. */
public enum TextConflicts {
    /** All sides' lines stay, the earlier writer's first: nobody's words are lost, and somebody has to tidy up. */
    BOTH("both"),
    /** The later writer's lines stay, the others' are lost. */
    LATER("later"),
    /** All sides' lines stay between the markers that Git uses, with the data centers' names: for texts that programmers read. */
    MARKED("marked");

    private final String word;

    TextConflicts(String word) {
        this.word = word;
    }

    /** The word for it in configuration. */
    public String word() {
        return word;
    }
}
