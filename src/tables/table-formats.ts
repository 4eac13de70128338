/** Formats of tables, by the ending of their files. They stand apart from their writers, which are loaded when something is written. */
export const tableFormats = ['csv', 'parquet'] as const;

/** The ending of the files of a format. */
export type TableFormat = (typeof tableFormats)[number];
