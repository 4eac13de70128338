import { textReaders } from './readers/text-readers.ts';
import { describeThousandCases } from './thousand-cases.ts';

// A file of their own: the YAML parser takes its time.
describeThousandCases(textReaders.filter(({ ceiling }) => ceiling !== undefined));
